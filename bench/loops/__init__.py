"""Other ways to set the same leaflet, each a process of its own: `python -m bench.loops.<name> COUNT PDF`."""
