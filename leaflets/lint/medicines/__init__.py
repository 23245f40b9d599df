"""Medicines that options name: whether their harms are told with them."""
