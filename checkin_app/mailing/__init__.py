"""Mails to attendees: text → message → mail server, and what comes back."""
