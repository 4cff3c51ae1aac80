"""Closing an event, and what is known of one person."""
