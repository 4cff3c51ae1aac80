"""What the window says by itself: the line at its foot, and faults in words."""
