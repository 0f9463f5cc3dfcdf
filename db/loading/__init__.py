"""Records in: one file, one batch; a module for each profile, and what they share."""
