"""Publishing: the catalogue of a build folder, as JSON for programs and as pages for people."""
