"""The badges screen: ``badges_screen`` puts its parts together, one folder each."""
