"""What a badge shows, what it is printed on, and where a printed one lies."""
