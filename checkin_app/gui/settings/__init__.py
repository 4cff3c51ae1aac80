"""What the organiser sets up once: the devices of the desk, each kind on a page of its own."""
