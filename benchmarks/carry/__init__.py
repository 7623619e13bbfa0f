"""How well places are carried from a machine's reading to a human one."""
