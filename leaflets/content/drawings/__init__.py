"""Drawings of figures: the points that they declare."""
