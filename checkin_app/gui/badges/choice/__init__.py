"""What shall be printed: the forms, the layouts to choose from, what was chosen."""
