"""The inbox in the window: what waits for a word, side by side, and how to say it."""
