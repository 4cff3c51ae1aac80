"""Third step: what is wrong in the list."""
