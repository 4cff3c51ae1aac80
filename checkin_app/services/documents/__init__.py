"""What the organiser hands in afterwards: lists out, documents, certificates."""
