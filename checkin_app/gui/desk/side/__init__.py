"""The side of the desk: counters, arrivals, camera."""
