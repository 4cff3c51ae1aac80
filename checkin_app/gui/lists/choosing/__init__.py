"""First step: which file, and whose export it is."""
