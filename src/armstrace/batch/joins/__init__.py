"""Copy families of more documents than one memory holds, by joins over files (docs/decisions/0017).

The order of the steps stands in ``families``. What a copy is, is said in ``armstrace.group`` alone.
"""
