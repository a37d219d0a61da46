"""How fast texts are read on one core, as a ratio to the parse alone in the same run.

    python benchmarks/read_speed.py evaluation/corpus/texts [--every 5]

Peer: the packaged parser over the same sentences, which every text with arms in it needs at least. Both are timed in
processor seconds, text by text in turn, so that a busy machine slows both alike.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from armstrace.errors import InputError
from armstrace.ingest.text import read_text_file
from armstrace.pipeline import load_reader, make_document, read_report
from armstrace.text.sentences import split_sentences


def main() -> None:
    """Print words a second of both, and the ratio."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("texts", type=Path)
    ask.add_argument("--every", type=int, default=5, help="take every so many-th text")
    options = ask.parse_args()
    reader = load_reader()
    words, parse, whole = 0, 0.0, 0.0
    for file in sorted(options.texts.rglob("*.txt"))[:: options.every]:
        document = make_document(read_text_file(file))
        begun = time.process_time()
        try:
            read_report(reader, document)
        except InputError:
            continue
        middle = time.process_time()
        reader.language.analyse(document.text, split_sentences(document.text))
        whole += middle - begun
        parse += time.process_time() - middle
        words += len(document.text.split())
    print(f"{words} words; whole reading {words / whole:.0f} words/s, parse alone {words / parse:.0f} words/s")
    print(f"ratio {parse / whole:.2f}")


if __name__ == "__main__":
    main()
