"""People: their account, their role, their choices of language and look."""
