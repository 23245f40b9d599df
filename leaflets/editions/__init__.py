"""Editions: the plan of a request, the table of layouts, the material of an edition."""
