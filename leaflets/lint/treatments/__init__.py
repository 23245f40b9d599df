"""Treatments side by side: whether their harms are told with them, and how sure it is that they help."""
