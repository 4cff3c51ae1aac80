"""What is worth a look before paper is used, and the repair of names."""
