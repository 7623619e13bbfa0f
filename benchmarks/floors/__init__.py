"""The floors: the least that any program on this server and this database has to do."""
