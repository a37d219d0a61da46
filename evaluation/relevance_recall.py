"""What the relevance gate keeps: of all labelled texts with a claim, and of other texts how many it lets pass.

    python evaluation/relevance_recall.py [--check]
    python evaluation/relevance_recall.py --labelled FOLDER     # texts/, gold/, index.jsonl, beside the corpus
    python evaluation/relevance_recall.py --news FILE.jsonl...  # rows with title and text: how many pass
    python evaluation/relevance_recall.py --news FILE.jsonl --read  # and of those in which the reader finds a claim

Every text is asked three times: plain, all in capitals as telexes were, and as a page of HTML with menus around it.
``--check`` ends with 1 where fewer than 0.995 of the corpus's texts with claims pass in any of these forms. The misses
of the train half are named; those of the test half are for nobody to see.
"""

from __future__ import annotations

import argparse
import html
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from armstrace.document import Metadata
from armstrace.errors import InputError
from armstrace.ingest.raw import RawText
from armstrace.lexicon.load import Lexicon, load_lexicon
from armstrace.pipeline import Reader, load_reader, make_document, read_report
from armstrace.relevance import may_hold_transfer, may_hold_transfer_markup
from relevance_texts import CORPUS, LabelledText, read_labelled

FLOOR = 0.995
_MENU = "<nav><ul><li><a href='/'>Home</a><li><a href='/world'>World</a><li><a href='/sport'>Sport</a></ul></nav>"

Passes = Callable[[str, Lexicon], bool]


def main() -> int:
    """Print the shares; return 1 where asked to check and one is below the floor."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--check", action="store_true", help="end with 1 below the floor")
    ask.add_argument("--labelled", type=Path, help="another labelled folder")
    ask.add_argument("--news", type=Path, nargs="*", default=[], help="unlabelled news, a JSON object a line")
    ask.add_argument(
        "--read", action="store_true", help="read the news too: what passes of the texts with a claim found"
    )
    options = ask.parse_args()
    lexicon = load_lexicon()
    worst = {half: _report(half, texts, lexicon) for half, texts in _halves(CORPUS).items()}["all"]
    if options.labelled:
        _report(options.labelled.name, list(read_labelled(options.labelled, options.labelled.name)), lexicon)
    for file in options.news:
        _report_news(file, lexicon, reads=options.read)
    print(f"least share kept: {worst:.4f}, floor {FLOOR}")
    return int(options.check and worst < FLOOR)


def _halves(folder: Path) -> dict[str, list[LabelledText]]:
    texts = list(read_labelled(folder))
    return {"all": texts} | {half: [one for one in texts if one.half == half] for half in ("train", "test")}


def _report(name: str, texts: Sequence[LabelledText], lexicon: Lexicon) -> float:
    """Print what passes of some texts; return the least share of those with claims over all forms."""
    shares = []
    for form, passes in FORMS.items():
        lost = [one.id for one in _claims(texts) if not passes(one.text, lexicon)]
        shares.append(1 - len(lost) / len(_claims(texts)))
        without = [one for one in texts if not one.has_claim]
        others = sum(passes(one.text, lexicon) for one in without)
        print(f"{name:8} {form:8} {len(_claims(texts)) - len(lost)} of {len(_claims(texts))} with claims pass", end=" ")
        named = f"; lost {' '.join(lost)}" if name == "train" else ""
        print(f"({shares[-1]:.4f}), {others} of {len(without)} without{named}")
    return min(shares)


def _claims(texts: Iterable[LabelledText]) -> list[LabelledText]:
    return [one for one in texts if one.has_claim]


def _report_news(file: Path, lexicon: Lexicon, *, reads: bool) -> None:
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    passed = [may_hold_transfer(f"{row.get('title') or ''}\n{row['text']}", lexicon) for row in rows]
    print(f"{file.stem}: {sum(passed)} of {len(rows)} pass ({sum(passed) / len(rows):.3f})")
    if reads:
        reader = load_reader()
        found = [passes for passes, row in zip(passed, rows, strict=True) if _finds_claim(reader, row)]
        print(f"{file.stem}: the reader finds a claim in {len(found)}, of which {sum(found)} pass")


def _finds_claim(reader: Reader, row: dict[str, str]) -> bool:
    raw = RawText(id=str(row.get("id")), text=row["text"], metadata=Metadata(title=row.get("title")))
    try:
        return bool(read_report(reader, make_document(raw)).claims)
    except InputError:
        return False


def _as_page(text: str, lexicon: Lexicon) -> bool:
    title, _, body = text.partition("\n")
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in body.splitlines() if line.strip())
    page = f"<html><head><title>{html.escape(title)}</title><script>var a='<b>';</script></head><body>{_MENU * 8}"
    page += f"<h1>{html.escape(title)}</h1>{paragraphs}<footer>All rights reserved</footer></body></html>"
    return may_hold_transfer_markup(page.encode(), lexicon)


FORMS: dict[str, Passes] = {
    "plain": may_hold_transfer,
    "capitals": lambda text, lexicon: may_hold_transfer(text.upper(), lexicon),
    "page": _as_page,
}


if __name__ == "__main__":
    sys.exit(main())
