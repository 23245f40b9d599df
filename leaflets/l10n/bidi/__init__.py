"""Text of two directions: what keeps its order from left to right inside text from right to left."""
