"""The measuring of stories, on an invented one."""

import json

import pytest

import stories

TEXTS = {
    "a": "France has delivered ten Milan missiles to Chad, a French official said on Monday.",
    "b": "France has delivered missiles to Chad, a Chadian minister said. Paris denied nothing.",
}
LABELS = {
    "a": ("has delivered ten Milan", {"name": "French official", "kind": "official-anonymous", "country": "FR"}),
    "b": ("has delivered missiles", {"name": "Chadian minister", "kind": "official-named", "country": "TD"}),
}


def _gold(anchor, source):
    claim = {
        "supplier": "FR",
        "recipient": "TD",
        "items": [{"designation": None, "description": "missiles", "category": "missiles"}],
        "status": "delivered",
        "polarity": "affirmed",
        "certainty": "fact",
        "attribution": [source],
        "anchor": anchor,
    }
    return {"claims": [claim]}


@pytest.fixture
def folder(tmp_path):
    """Write one story of two documents with two origins."""
    for name in ("texts", "gold"):
        (tmp_path / name).mkdir()
    for text, words in TEXTS.items():
        (tmp_path / "texts" / f"{text}.txt").write_text(words, encoding="utf-8")
        (tmp_path / "gold" / f"{text}.json").write_text(json.dumps(_gold(*LABELS[text])), encoding="utf-8")
    rows = [{"id": text, "outlet": "Daily Example", "published": "1987-03-02", "title": "Arms"} for text in TEXTS]
    (tmp_path / "index.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return tmp_path


def _write_clusters(folder, origins):
    story = {"cluster": "chad", "texts": [*TEXTS], "near_copies": [], "independent_origins": origins}
    (folder / "clusters.json").write_text(json.dumps({"clusters": [story]}), encoding="utf-8")


@pytest.mark.parametrize(("origins", "code"), [(2, 0), (1, 1)])
def test_counts_are_compared_with_what_is_known(folder, origins, code, capsys):
    _write_clusters(folder, origins)
    assert stories.main([str(folder)]) == code
    assert f"chad, claims of the labels: independent origins 2/{origins}" in capsys.readouterr().out


def test_evidence_is_the_sentence_of_the_anchor(folder):
    _write_clusters(folder, 2)
    (story,) = stories.read_stories(folder)
    found = {told.claim.document: told.claim.evidence.text for told in stories.labelled_claims(story, folder)}
    assert found == {"a": TEXTS["a"], "b": "France has delivered missiles to Chad, a Chadian minister said."}


def test_copies_are_one_family(folder):
    _write_clusters(folder, 2)
    clusters = json.loads((folder / "clusters.json").read_text(encoding="utf-8"))
    clusters["clusters"][0]["near_copies"] = [{"texts": ["b", "a"], "why": "copied"}]
    (folder / "clusters.json").write_text(json.dumps(clusters), encoding="utf-8")
    (story,) = stories.read_stories(folder)
    assert story.families == {"a": "a", "b": "a"}
