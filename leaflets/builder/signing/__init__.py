"""Signatures: what a named person signed, held to what an edition prints now.

An *item* is one thing that is printed or that the words rest on. A signature records the items of its leaflets with
their hashes; an edition whose items are others is a draft again.
"""
