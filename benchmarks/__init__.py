"""Measurements: how well texts are read, and how fast."""
