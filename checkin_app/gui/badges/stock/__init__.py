"""Finding stock, and defining one's own."""
