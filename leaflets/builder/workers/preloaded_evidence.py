"""Further imports of the fork server for builds with evidence."""

import gc

import page  # noqa: F401
import pypdf  # noqa: F401

import leaflets.check.evidence.collect  # noqa: F401

gc.freeze()
