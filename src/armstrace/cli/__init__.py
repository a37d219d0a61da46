"""The command line."""

from armstrace.cli.main import main

__all__ = ["main"]
