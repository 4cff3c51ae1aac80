"""What a ticket’s code says: ours, short ones, those of registration systems."""
