"""Commands that check the machine and the files on it."""
