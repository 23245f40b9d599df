"""Page plans tried on trial layouts, measured, and settled."""
