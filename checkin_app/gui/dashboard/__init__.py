"""The dashboard screen: the numbers of the day, live, readable from afar."""
