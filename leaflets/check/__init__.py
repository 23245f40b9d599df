"""Checks of content and of finished files: readability, claims, wording, print preflight."""
