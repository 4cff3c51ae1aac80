"""Many desks at one hub: a real PostgreSQL, real event files, every desk a process of its own."""
