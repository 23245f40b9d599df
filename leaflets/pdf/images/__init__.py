"""Pictures of a page: drawings, QR codes, dots."""
