"""Files that hold files: archives, office packages, what lies within them."""
