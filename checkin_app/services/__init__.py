"""Use cases of the registration desk, a module or a folder each. None of them needs a screen."""
