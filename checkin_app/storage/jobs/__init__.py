"""What one laptop has to do: badges, mails, news for registration systems."""
