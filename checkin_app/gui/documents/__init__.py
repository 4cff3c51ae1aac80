"""The documents screen: lists and documents out, and the ticks of the paper list in."""
