"""Registrations straight from a registration system, and check-ins back to it.

Each system has one module, which speaks its documented interface outward and plain columns and
rows inward: ``pretix``, ``indico``. ``web`` is the one door to the network; nothing else in the
program opens an HTTP connection.
"""
