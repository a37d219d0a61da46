"""From a document to attributed claims; ``claims.extract_claims`` is the way in."""
