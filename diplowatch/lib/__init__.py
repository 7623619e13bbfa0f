"""What both apps may use: roles and small helpers that know neither articles nor annotations."""
