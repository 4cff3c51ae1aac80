"""Tickets and mail at the command line."""
