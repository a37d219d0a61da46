"""Screening: names against sanctions lists that the user loaded; every hit says why."""
