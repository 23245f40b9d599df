"""Commands of those who write and build leaflets."""
