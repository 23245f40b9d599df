"""Pagination: page plans are tried on trial layouts and measured until the pages end well."""
