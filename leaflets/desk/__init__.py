"""The print desk: a page for clinicians, served on this machine, over a folder that is kept up to date."""
