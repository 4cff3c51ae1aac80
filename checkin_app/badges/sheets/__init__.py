"""Where badges lie on their sheets, and the sheets around them."""
