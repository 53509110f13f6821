"""What one cell or line says: text, days, phones, ID numbers, ticks; never what the row or the letter makes of it."""
