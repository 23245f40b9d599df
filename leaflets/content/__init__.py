"""An article's folder (YAML) read into a typed, frozen Article, with every problem placed."""
