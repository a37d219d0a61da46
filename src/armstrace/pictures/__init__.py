"""Pictures of the register as SVG: pure, the same on every machine, readable by a screen reader, fit to print."""
