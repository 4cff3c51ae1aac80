"""Check-ins on their way back to where people registered, as long as the window is open."""
