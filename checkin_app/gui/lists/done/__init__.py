"""What lists have done, and taking it back."""
