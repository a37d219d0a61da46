"""One line a transfer: every field with its alternatives, its history, and how well it is attested."""
