"""Importing: formats, the command line, staging, the pages."""
