"""Finished files -> the evidence beside them, and its verification."""
