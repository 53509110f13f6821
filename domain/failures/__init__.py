"""What goes wrong, as one tree that says what happens next, and in words that say what to mend."""
