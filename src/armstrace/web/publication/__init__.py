"""The register as a folder of pages and data that needs no server, and one transfer as a single page."""
