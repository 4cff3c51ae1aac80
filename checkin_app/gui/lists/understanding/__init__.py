"""Second step: which column is what."""
