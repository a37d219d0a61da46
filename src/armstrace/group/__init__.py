"""Which documents repeat one text, which sources are one origin, which claims are about one transfer."""
