"""How everything looks: style, colours, sizes, icons."""
