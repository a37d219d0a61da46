"""The documents behind lines of the register, as reference managers and typesetters take them."""
