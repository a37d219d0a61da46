"""The register for users of FollowTheMoney: as entities, or as statements, a line of JSON each."""
