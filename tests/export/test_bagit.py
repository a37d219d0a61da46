"""Manifests of a bag: written, read back, refused."""

import pytest

from armstrace.export.bagit import info_text, manifest_text, read_manifest

ONE, TWO = "a" * 64, "b" * 64


def test_a_manifest_is_in_order_and_read_back():
    hashes = {"data/b": TWO, "data/a": ONE}
    assert manifest_text(hashes) == f"{ONE}  data/a\n{TWO}  data/b\n"
    assert read_manifest(manifest_text(hashes)) == hashes


@pytest.mark.parametrize(
    "name", ["data/a b", "data/ä", "data/50%", "data/%0A", "data/a\nb", "data/a\rb", "data/a\u2028b"]
)
def test_every_name_comes_back(name):
    text = manifest_text({name: ONE})
    assert text.count("\n") == 1
    assert read_manifest(text) == {name: ONE}


READ = [
    (f"{ONE} data/a\r\n{TWO}\tdata/b\r\n", {"data/a": ONE, "data/b": TWO}),
    (f"{ONE.upper()}  data/a", {"data/a": ONE}),
    (f"{ONE}  data/%0a%25", {"data/\n%": ONE}),
]


@pytest.mark.parametrize(("text", "hashes"), READ)
def test_what_others_write_is_read(text, hashes):
    assert read_manifest(text) == hashes


REFUSED = [
    "no hash  data/a",
    f"{ONE[:-1]}  data/a",
    ONE,
    f"{ONE}  data/a\n{TWO}  data/a",
    f"{ONE}  data/a\n\n{TWO}  data/b",
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_manifest(text):
    with pytest.raises(ValueError, match="line"):
        read_manifest(text)


def test_values_are_one_line_each():
    assert info_text({"External-Description": "one\ntwo: three"}) == "External-Description: one two: three\n"
