"""Registration lists in and out: file → table → candidates, and rows → file.

``readers`` makes a table of clean text of any list, ``columns`` guesses which column is which
field, ``rows`` turns rows into candidates and problems, ``writers`` writes lists. What a list
means for an event (who is new, who has changed) is decided in the services.
"""
