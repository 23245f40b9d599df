"""An Article, a clinic -> diagnostics about words, before anything is typeset."""
