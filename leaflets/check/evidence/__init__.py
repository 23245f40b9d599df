"""Evidence of finished files: measured, written beside them, and verified again."""
