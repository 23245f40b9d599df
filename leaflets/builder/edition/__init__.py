"""One edition: its artifacts (PDF, print file, evidence, web page) made, and the fingerprint of what they show."""
