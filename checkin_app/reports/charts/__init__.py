"""The charts of the numbers: what each says, and how it is drawn, once for paper and screen."""
