"""The register as tables: one definition of them, written as CSV and as a workbook, and read back."""
