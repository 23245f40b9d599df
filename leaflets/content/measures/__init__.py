"""Measures of a leaflet by a person: the items of PEMAT-P and of the CDC Clear Communication Index, and answers."""
