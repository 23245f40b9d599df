"""What was asked for -> a plan: one row for each edition. Layouts are rows of a table."""
