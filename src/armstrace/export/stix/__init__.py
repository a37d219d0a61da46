"""The register for users of STIX 2.1: one bundle of reports, notes, opinions, identities and locations."""
