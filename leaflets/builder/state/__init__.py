"""State of builds: manifest, record, freshness, cache, lock, destinations."""
