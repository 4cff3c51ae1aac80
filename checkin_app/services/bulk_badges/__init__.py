"""Badges printed in bulk: who, on what, with which layout, and the proof-reading."""
