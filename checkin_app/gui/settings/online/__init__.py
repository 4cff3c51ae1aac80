"""The page of the registration system: connect, try, fetch, and send check-ins back."""
