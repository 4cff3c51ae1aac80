"""Registration systems on the web: lists fetched, check-ins told."""
