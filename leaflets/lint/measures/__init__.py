"""Measures of leaflets: scores of the answers of a person, held against limits and against what a program can count."""
