"""Lexicon files say what they mean: no word that YAML reads as a truth value."""

from __future__ import annotations

from pathlib import Path

import pytest

from armstrace.errors import LexiconError
from armstrace.lexicon.schema import LexiconFiles


@pytest.mark.parametrize("word", ["no", "on", "false", "Yes"])
def test_unquoted_truth_value_in_a_list_is_refused(tmp_path: Path, word: str) -> None:
    (tmp_path / "words.yml").write_text(f"sets:\n  negations: [not, {word}]\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="quotes"):
        LexiconFiles(tmp_path).read("words.yml")


def test_quoted_word_is_read(tmp_path: Path) -> None:
    (tmp_path / "words.yml").write_text('negations: [not, "no"]\nstrong: true\n', encoding="utf-8")
    assert LexiconFiles(tmp_path).read("words.yml") == {"negations": ["not", "no"], "strong": True}
