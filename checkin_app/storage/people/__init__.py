"""What screens ask of the attendees: found, listed, counted."""
