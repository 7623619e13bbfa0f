"""Importing in the browser: upload, preview, import, report, undo."""
