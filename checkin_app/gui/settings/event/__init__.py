"""The page of the event: what is said of it, how long its data are kept, and closing it."""
