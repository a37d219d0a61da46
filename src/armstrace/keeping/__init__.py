"""The register kept in the store: what changed since it was last asked for is worked in, the rest stays as it is."""
