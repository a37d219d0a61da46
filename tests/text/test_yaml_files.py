"""YAML is read as PyYAML reads it, and refused as PyYAML refuses it."""

from pathlib import Path

import pytest
import yaml

from armstrace.text.yaml_files import parse_yaml

PACKAGED = sorted(Path(__file__).parents[2].joinpath("src", "armstrace").rglob("*.yml"))
TEXTS = {
    "nothing": "",
    "a remark alone": "# nothing yet",
    "one word": "tank",
    "words, numbers, truths": "[tank, 12, 1_000, 0x1f, 017, 1.5, .inf, -3e+2, yes, Off, null, ~, no way, 2024-03-01]",
    "quoted": """['12', "yes", 'null', "2024-03-01", '']""",
    "an empty value": "maker:\nkind: tank",
    "an empty list and mapping": "a: []\nb: {}",
    "a key that is a number, a truth, nothing": "1: a\nyes: b\n~: c",
    "a key twice": "a: 1\na: 2",
    "lines that are kept": "a: |\n  one\n  two\nb: >-\n  three\n  four",
    "lists in mappings in lists": "- names: [T-72, {strong: true}]\n  made: {by: RU, since: 1973}\n- no",
    "an anchor": "a: &one [1, 2]\nb: *one",
    "an anchored word": "a: &one tank\nb: *one",
    "a merge": "a: &one {x: 1}\nb:\n  <<: *one\n  y: 2",
    "a key of equals": "=: a",
    "a value of equals": "a: =",
    "a tag": "a: !!str 12\nb: !!set {x, y}",
    "a key of several": "? [a, b]\n: c",
    "a time of day": "a: 2024-03-01 10:11:12\nb: 10:11",
}
BROKEN = {
    "a list that does not end": "[a, b",
    "two documents": "a: 1\n---\nb: 2",
    "an anchor that is not there": "a: *one",
    "a tag that is not safe": "a: !!python/name:os.system",
    "a key that is a mapping": "{a: 1}: b",
    "no date": "a: 2024-13-41",
    "a tab before a word": "a:\n\t- b",
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_reads_as_by_the_usual_loader(name):
    try:
        wanted = repr(yaml.safe_load(TEXTS[name]))
    except yaml.YAMLError as error:
        with pytest.raises(type(error)):
            parse_yaml(TEXTS[name])
    else:
        assert repr(parse_yaml(TEXTS[name])) == wanted


@pytest.mark.parametrize("name", BROKEN)
def test_what_the_usual_loader_refuses_is_refused(name):
    with pytest.raises((yaml.YAMLError, ValueError)):
        yaml.safe_load(BROKEN[name])

    with pytest.raises(yaml.YAMLError):
        parse_yaml(BROKEN[name])


def test_the_packaged_tables_read_as_by_the_usual_loader():
    for file in PACKAGED:
        text = file.read_text("utf-8")
        assert repr(parse_yaml(text)) == repr(yaml.load(text, Loader=yaml.CSafeLoader)), file.name
