"""Every benchmark runs on a tiny size and gives whole tables; how fast anything is, is not asked here."""

import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from math import isfinite
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
NO_BENCHMARK = {"measured", "desk_pages", "desk_store", "news_shards"}  # what several of them share
NEEDS_MORE = {"train_spacy_peer"}  # spaCy, which is no dependency
ARTICLE = (
    "Two officials said on Monday that Turkey had delivered six drones to Ethiopia. The ministry denied it. "
    "The drones were seen at an air base near the capital in January, a witness said."
)


def page(folder: Path) -> Path:
    """Write a page and its truth in the layout of the public benchmark."""
    (folder / "pages").mkdir()
    body = f"<html><head><title>Six drones</title></head><body><article><p>{ARTICLE}</p></article></body></html>"
    (folder / "pages" / "a.html.gz").write_bytes(gzip.compress(body.encode()))
    (folder / "ground-truth.json").write_text(json.dumps({"a": {"articleBody": ARTICLE}}))
    return folder


def rows(folder: Path) -> Path:
    (folder / "news.jsonl").write_text(json.dumps({"title": "Six drones", "text": ARTICLE}) + "\n")
    return folder / "news.jsonl"


def text(folder: Path) -> Path:
    (folder / "a.txt").write_text(ARTICLE)
    return folder / "a.txt"


# name: arguments, and how many rows its tables have
RUNS: dict[str, tuple[Callable[[Path], list[str]], list[int]]] = {
    "alerts": (lambda _: "--watches 3 --documents 6 --add 1 --lines 4".split(), [2, 1]),
    "batch_scale": (lambda _: "--documents 20 --workers 1 --shards 2 --kill 1".split(), [1, 2]),
    "cost_curves": (
        lambda f: ["--least", "60", "--most", "60", "--add", "1", "--pages", "1", "--folder", str(f)],
        [19],
    ),
    "desk_load": (
        lambda f: [str(f), *"--documents 40 --users 2 --requests 4 --think 0 --alone 1 --only transfer".split()],
        [7, 8],
    ),
    "export_speed": (lambda _: "--transfers 2 --claims 2 --format csv".split(), [1]),
    "grouping": (lambda _: "--sizes 60 --add 1".split(), [1]),
    "grouping_at_scale": (lambda _: "--sizes 60".split(), [1]),
    "html_bodies": (lambda f: [str(page(f))], [3]),
    "publishing": (lambda _: "--transfers 2".split(), [1]),
    "reading_by_stage": (lambda f: [str(text(f)), *"--every 1 --rounds 1".split()], [10, 3]),
    "register_update": (lambda _: "--sizes 20 --add 1".split(), [1]),
    "relevance_gate": (lambda f: [str(page(f)), "--news", str(rows(f)), "--rounds", "1"], [4]),
    "same_transfer": (lambda _: "--sizes 30 --scored 30".split(), [1]),
    "sipri_import": (lambda _: "--rows 12 --register".split(), [2]),
    "start_up": (lambda _: ["--rounds", "1", "--names", "2", "--only", "armstrace --help"], [2, 3, 2]),
    "store_speed": (lambda _: "--documents 6 --words 20".split(), [5]),
    "warc_memory": (lambda _: "--size-gib 0.0002".split(), [1]),
}


def test_every_benchmark_is_run_here():
    names = {file.stem for file in BENCHMARKS.glob("*.py")}

    assert names - NO_BENCHMARK - NEEDS_MORE == set(RUNS)


@pytest.mark.parametrize("name", RUNS)
def test_a_benchmark_gives_its_tables(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    arguments, rows = RUNS[name]

    import_module(name).main([*arguments(tmp_path), "--json"])

    told = json.loads(capsys.readouterr().out)
    assert [len(table["rows"]) for table in told["tables"]] == rows
    assert {"processor", "cores", "memory GiB", "Python"} <= told["machine"].keys()
    figures = [value for table in told["tables"] for row in table["rows"] for value in row.values()]
    assert all(isfinite(value) for value in figures if isinstance(value, float))


@pytest.mark.parametrize("name", [*sorted(RUNS), *sorted(NEEDS_MORE)])
def test_the_readme_names_every_benchmark(name):
    assert f"{name}.py" in (BENCHMARKS / "README.md").read_text("utf-8")


def test_the_peer_says_what_it_needs(tmp_path):
    pytest.importorskip("spacy", reason="spaCy is a peer, no dependency: pip install '.[bench]'")
    treebank = tmp_path / "a.conllu"
    words = [("Guards", "NOUN", "NNS", 2, "nsubj"), ("wait", "VERB", "VBP", 0, "root"), (".", "PUNCT", ".", 2, "punct")]
    rows = [f"{at}\t{w}\t{w}\t{u}\t{x}\t_\t{h}\t{r}\t_\t_" for at, (w, u, x, h, r) in enumerate(words, 1)]
    treebank.write_text("\n\n".join(["\n".join(rows)] * 20) + "\n\n")

    command = [
        sys.executable,
        str(BENCHMARKS / "train_spacy_peer.py"),
        treebank,
        tmp_path / "peer",
        "--minutes",
        "0.01",
    ]
    subprocess.run(command, check=True, timeout=120)

    assert (tmp_path / "peer" / "config.cfg").is_file()
