"""Documents about the event for people: who came, and when."""
