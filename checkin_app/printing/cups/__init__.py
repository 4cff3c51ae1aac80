"""The print system of Linux and macOS: asked by IPP, answered in our words."""
