"""Medicines of an article: the names that people know, and what is known of each harm."""
