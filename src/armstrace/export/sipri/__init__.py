"""The register in the layout of SIPRI's trade register."""
