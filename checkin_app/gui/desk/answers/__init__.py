"""What the desk answers to a scan: colour, shape, words, sound."""
