"""armstrace traces every reported arms transfer back to who said it."""

__version__ = "0.1.0"
