"""Pictures of pages: files, drawings, QR codes, dot figures."""
