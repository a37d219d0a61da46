"""The relevance gate: whether a text may hold a claim of an arms transfer at all, told in a fraction of a millisecond.

It works on raw text and raw pages, before cleaning and reading. It keeps what it doubts: most of what passes holds no
claim. Tables (``sipri-csv``) have rows instead of sentences and go past it.
"""

from armstrace.relevance.decide import may_hold_transfer, may_hold_transfer_markup, why_passed

__all__ = ["may_hold_transfer", "may_hold_transfer_markup", "why_passed"]
