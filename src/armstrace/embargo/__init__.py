"""The law as data: arms embargoes as dated measures, read from one file a regime."""
