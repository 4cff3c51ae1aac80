"""Fourth step: what the list changes."""
