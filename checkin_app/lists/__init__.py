"""Registration lists in and out: file → table → people, and rows → file.

``reading`` makes a table of clean text of any list, ``mapping`` guesses which column is which
field, ``people`` turns rows into candidates and problems, ``writing`` writes lists. What a list
means for an event (who is new, who has changed) is decided in the services.
"""
