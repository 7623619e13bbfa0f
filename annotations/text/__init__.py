"""Pure work on ranges and names: no Django, no database."""
