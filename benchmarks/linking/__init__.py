"""How well a text finds the door it speaks of: invented registers and texts, and every linker on the same of them."""
