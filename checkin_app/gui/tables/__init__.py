"""What the tables of all screens have in common: models, painting, plain text."""
