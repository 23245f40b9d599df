"""What the fork server imports as well where finished files are measured."""

import gc

import page  # noqa: F401
import pypdf  # noqa: F401

import leaflets.check.evidence.collect  # noqa: F401

gc.freeze()
