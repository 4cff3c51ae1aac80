"""The attendees screen: everybody on the list, found by filters, and one person beside it."""
