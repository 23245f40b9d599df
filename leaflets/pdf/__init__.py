"""Typesetting of HTML with WeasyPrint: page ends settled by measurement, tagged PDF (PDF/UA-1). Only this package
imports WeasyPrint."""
