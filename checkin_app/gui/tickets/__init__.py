"""The tickets screen: files, mails, and what came back."""
