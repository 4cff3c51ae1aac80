"""The window that faces the guest: welcome, the name as it will be printed, where to go next."""
