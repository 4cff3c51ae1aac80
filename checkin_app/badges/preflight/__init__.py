"""What is worth a look before paper is used."""
