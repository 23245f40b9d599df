"""Editions: the plan of a request, the table of layouts, and what one edition is made of."""
