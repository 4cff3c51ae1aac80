"""The camera of the desk: pictures in, scans out. QtMultimedia is imported when one is wanted."""
