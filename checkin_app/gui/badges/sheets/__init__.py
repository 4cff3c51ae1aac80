"""The sheets as they will be printed, the first of them to be touched, and a proof."""
