"""How somebody can be reached: values of telephone numbers and sites in an article's and a clinic's files."""
