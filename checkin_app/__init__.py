"""checkin_app: the registration desk of an event on one laptop."""

__version__ = "0.1.0"
