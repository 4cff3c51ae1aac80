"""Registration lists in: looked at and corrected, written into the event, taken back.

What a list means for the event is decided in ``list_merge``.
"""
