"""Commands that look at the machine and at what lies on it."""
