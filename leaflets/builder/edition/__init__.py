"""One edition: makes its files (PDF, print file, evidence, web page), and the fingerprint of their contents."""
