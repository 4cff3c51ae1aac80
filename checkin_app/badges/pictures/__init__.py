"""Logos, photos and drawings on badges."""
