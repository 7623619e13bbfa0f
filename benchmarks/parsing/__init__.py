"""How well source texts are read, measured on marked fixtures."""
