"""The fields of an attendee, by the names that people read on screen."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_CONTEXT = "AttendeeFields"
_NAMES = {
    "code": QT_TRANSLATE_NOOP("AttendeeFields", "Code"),
    "title": QT_TRANSLATE_NOOP("AttendeeFields", "Title"),
    "first_name": QT_TRANSLATE_NOOP("AttendeeFields", "First name"),
    "last_name": QT_TRANSLATE_NOOP("AttendeeFields", "Last name"),
    "full_name": QT_TRANSLATE_NOOP("AttendeeFields", "Whole name"),
    "name": QT_TRANSLATE_NOOP("AttendeeFields", "Name"),
    "organisation": QT_TRANSLATE_NOOP("AttendeeFields", "Organisation"),
    "role": QT_TRANSLATE_NOOP("AttendeeFields", "Role"),
    "country": QT_TRANSLATE_NOOP("AttendeeFields", "Country"),
    "email": QT_TRANSLATE_NOOP("AttendeeFields", "E-mail"),
    "category": QT_TRANSLATE_NOOP("AttendeeFields", "Category"),
    "attention": QT_TRANSLATE_NOOP("AttendeeFields", "Note for the desk"),
    "status": QT_TRANSLATE_NOOP("AttendeeFields", "Status"),
    "quantity": QT_TRANSLATE_NOOP("AttendeeFields", "Number of people"),
}


def field_name(field: str) -> str:
    """A field's name on screen; a field nobody foresaw keeps its own."""
    known = _NAMES.get(field)
    return QCoreApplication.translate(_CONTEXT, str(known)) if known else field.replace("_", " ")
