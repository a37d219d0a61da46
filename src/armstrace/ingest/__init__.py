"""From files to decoded texts; one file a format."""
