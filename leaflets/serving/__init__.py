"""Serving: what the desk and the record system's door share as servers: listening, limits of connections, no logs."""
