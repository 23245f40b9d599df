"""Finder: which leaflets somebody means by the words or codes that they type.

One index, `find.json`, is made at the end of a build. The desk, the patients' pages, `leaflets find` and the record
systems read it. The same search is written twice, here and in `templates/finder/finder.js` for browsers; both meet the
vectors in `tests/finder/vectors.json`.
"""
