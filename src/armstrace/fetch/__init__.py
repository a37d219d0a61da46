"""Fetching pages and watching feeds: bounded, polite, and never from a private address unless asked."""
