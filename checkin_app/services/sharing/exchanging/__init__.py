"""Entries out to the hub and in from it, and what a scan hears of others."""
