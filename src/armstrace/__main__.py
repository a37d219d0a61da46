"""``python -m armstrace``."""

from armstrace.cli import main

main()
