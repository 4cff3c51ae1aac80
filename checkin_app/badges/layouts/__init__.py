"""Layout files and the layouts that come with the program."""
