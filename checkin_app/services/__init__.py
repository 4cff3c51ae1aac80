"""Use cases of the registration desk, one file each. No screen is needed for any of them."""
