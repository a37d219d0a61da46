"""Notices that take a story back: the cases of tests/cases/recalls.yml, whose head explains them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from armstrace.text.recalls import find_recall

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "recalls.yml").read_text("utf-8"))


@pytest.mark.parametrize("name", CASES)
def test_what_is_taken_back(name):
    case = CASES[name]
    found = find_recall(case["title"], case["text"], str(case["day"]))
    if case["kind"] is None:
        assert found is None
        return
    assert found is not None
    assert str(found.kind) == case["kind"]
    assert case["words"] in found.words
    assert found.is_repeat is case.get("repeat", False)
    expected = {key: [str(one) for one in case[key]] for key in ("headings", "slugs", "days") if key in case}
    assert {key: list(getattr(found, key)) for key in expected} == expected
