"""Page plans tried on drafts, measured, and settled."""
