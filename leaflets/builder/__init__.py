"""Builder: turns a plan of editions into files, in parallel; each file is written whole or not at all."""
