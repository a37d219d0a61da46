"""The store: documents with their evidence, the claims read in them, and what people judge of those, in a database."""
