"""Registration lists in: reading, merging, writing, undoing."""
