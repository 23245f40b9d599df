"""Rules of scripts: what a language needs on paper beyond its words."""
