"""PDF syntax: content streams, object streams, trees, serialisation; knows no leaflet."""
