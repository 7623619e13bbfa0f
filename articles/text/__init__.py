"""Pure text work: bytes to source text, source text to passages; no Django, no database."""
