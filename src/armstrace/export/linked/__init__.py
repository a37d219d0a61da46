"""The register as linked data: provenance, one citable unit a claim, and what reviewers judged."""
