"""Wires the house: settings, addresses, the embedded database, security, accounts."""

__version__ = "0.1.0"
