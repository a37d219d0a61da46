"""How a bundle is laid out, for who writes it and who checks it."""

from __future__ import annotations

from typing import Final

from armstrace.export.bagit import TAGS

KIND: Final = "armstrace"  # by which a bundle is known for one
SHAPE: Final = 1  # of the files and their keys; changes with these
BASE: Final = "armstrace-bundle"  # the one folder in the ZIP
REQUEST: Final = f"{TAGS}.tsq"  # no manifest tells of it, for it holds the hash of the last
README: Final = """\
Reported arms transfers, with the evidence behind them. What sources say, not what is so.

index.html       reports to read and print, one a line of the register (folder reports)
records.jsonl    the lines: every value with who gives it, findings of law, claims, documents
claims.jsonl     the claims, each with its sentence and where it stands in the text of its document
documents        per document its text, the original text, how both lead to the bytes, and how these came here
evidence         the bytes as they were captured; each file is named by its SHA-256
judgements.jsonl what people judged of the claims
law.json, law    the measures that findings cite, as the program had them
lists.json       the sanctions lists that were in force; their entries in the folder lists if that was asked for
certificates     certificates of screening in which a party was searched, whole: they may tell of other names too
about.json       what was asked for, the command to repeat it, versions

To check it with armstrace, offline and without a store:

    armstrace verify FILE.zip

To check the hashes without it, in the folder that holds bagit.txt:

    sha256sum -c tagmanifest-sha256.txt && sha256sum -c manifest-sha256.txt

The whole is a bag (BagIt 1.0, RFC 8493), which tools of archives validate.
"""
