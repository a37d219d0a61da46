"""Claims written out: one file a format."""
