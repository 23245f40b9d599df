"""What a build folder remembers: manifest, record, freshness, cache, lock, and where files go."""
