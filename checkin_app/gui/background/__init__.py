"""Work away from the main thread: sent there, brought home, waited for, repeated."""
