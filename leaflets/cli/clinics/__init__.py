"""Commands of those who print and hand out leaflets."""
