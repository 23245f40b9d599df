"""PDF syntax: content streams, object streams, trees, serialisation; independent of leaflets."""
