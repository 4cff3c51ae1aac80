"""What a registration list means for an event: who is new, changed, gone, or not to be told apart.

``decisions`` is what a person decides about a list, ``plan`` what an import would do. Nothing here
writes: a plan is made of the list, the event and the decisions, and made again when one changes.
"""
