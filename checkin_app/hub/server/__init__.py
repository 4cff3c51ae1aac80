"""A PostgreSQL of our own on the organiser's laptop, and how other laptops find it."""
