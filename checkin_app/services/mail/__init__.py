"""Tickets and the mails that bring them to people."""
