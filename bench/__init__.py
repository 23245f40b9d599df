"""How fast the leaflets are built, and how much memory it takes, beside other ways to the same PDF: `make bench`."""
