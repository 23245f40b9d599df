"""The schema of `<edition>.evidence.json`: measured values of a finished file, their limits and sources.

Keys are plain words with the unit in the name. `leaflets new schema` writes the JSON Schema. `format` gets another
number when a change breaks programs that read it.
"""
