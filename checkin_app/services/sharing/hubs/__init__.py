"""A hub founded, found, joined, started again, taken over and left."""
