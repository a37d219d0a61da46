"""A bundle of an investigation: what is in it, that others can check it, and that no damage goes unnoticed."""

import hashlib
import io
import json
import stat
import struct
import zipfile
from collections import Counter

import bagit
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from publications import export

from armstrace.errors import InputError, MetadataError
from armstrace.export.bagit import manifest_text, read_manifest
from armstrace.export.bundle_check import check_bundle
from armstrace.export.bundle_shape import BASE
from armstrace.export.timestamp import timestamp_request
from armstrace.exporting import Choice
from armstrace.judging import Saying, judge_claim
from armstrace.register.select import Wanted
from armstrace.screen.certificate import Basis, Searched, make_certificate
from armstrace.screen.match import Asked

MOMENT = "2031-06-01T00:00:00Z"


@pytest.fixture(scope="module")
def store(own_store):
    """Return a store with the demo, a judgement on a claim, and a certificate that a party was searched for."""
    bodies = [body for one in own_store.documents() for body in own_store.claims(one.id)]
    first = next(one for one in bodies if one.body["kind"] == "transfer")
    judge_claim(own_store, first.body["claim"], Saying("accept", "Ada Nowak", MOMENT, "read it twice"))
    searched = [Searched(Asked(name), ()) for name in ("MONGOLIAN Armed Forces", "Somebody Else")]
    for names in (searched, searched[1:]):
        own_store.screening.keep_certificate(make_certificate(names, Basis(MOMENT, 0.8, ()), "armstrace"))
    return own_store


@pytest.fixture(scope="module")
def data(store):
    return export(store, "bundle", timestamp="yes")


@pytest.fixture(scope="module")
def files(data):
    """Return what is in the bundle, by name."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert {name.split("/")[0] for name in archive.namelist()} == {BASE}
    return {name.removeprefix(f"{BASE}/"): archive.read(name) for name in archive.namelist()}


def rows(files, name):
    return [json.loads(line) for line in files[f"data/{name}"].splitlines()]


def found_in(path, data):
    path.write_bytes(data)
    return list(check_bundle(path, Counter()))


def test_it_is_the_same_each_time(store, data):
    assert export(store, "bundle", timestamp="yes") == data


def test_it_is_whole_and_all_of_it_is_checked(tmp_path, data, files):
    (tmp_path / "b.zip").write_bytes(data)
    counts: Counter[str] = Counter()
    assert list(check_bundle(tmp_path / "b.zip", counts)) == []
    told = json.loads(files["data/about.json"])["counts"]
    assert {name: counts[name] for name in told} == told
    assert (counts["judgements"], counts["certificates"]) == (1, 1)
    assert min(told.values()) > 5
    assert counts["files"] == sum(name.startswith("data/") for name in files)


def test_archivists_take_it_for_a_bag(tmp_path, data):
    zipfile.ZipFile(io.BytesIO(data)).extractall(tmp_path)
    bag = bagit.Bag(str(tmp_path / BASE))
    assert bag.version_info == (1, 0)
    assert bag.validate()


def test_what_is_in_it(store, files):
    claims = rows(files, "claims.jsonl")
    assert {one["document"] for one in claims} == {name[15:-5] for name in files if name.startswith("data/documents/")}
    for row in claims:
        document = json.loads(files[f"data/documents/{row['document']}.json"])
        start, end = row["evidence"]["span"]
        assert document["text"][start:end] == row["evidence"]["text"]
        assert files[f"data/evidence/{document['evidence']}"] == store.evidence_of(row["document"])
        assert (document["text"], document["raw"]) == (
            store.document(row["document"]).text,
            store.document(row["document"]).raw,
        )
    for record in rows(files, "records.jsonl"):
        assert f"data/reports/{record['transfer']}.html" in files
        assert all(f"data/law/{one['measure']}.yml" in files for one in record["findings"])
    assert files["tagmanifest-sha256.txt.tsq"] == timestamp_request(_sha256(files["tagmanifest-sha256.txt"]))


def test_folders_and_people_of_the_house_are_not_in_it(store, files):
    everything = b"\n".join(files.values())
    assert b"Ada Nowak" not in everything
    assert b"read it twice" not in everything
    sources = [one["source"] for name in files if "/documents/" in name for one in json.loads(files[name])["captures"]]
    assert not [source for source in sources if source.startswith("/")]
    named = export(store, "bundle", Choice(reviewers=True))
    archive = zipfile.ZipFile(io.BytesIO(named))
    (judgement,) = map(json.loads, archive.read(f"{BASE}/data/judgements.jsonl").splitlines())
    assert (judgement["who"], judgement["why"], judgement["verdict"]) == ("Ada Nowak", "read it twice", "accept")


def test_one_line_takes_its_own_documents_alone(store, files, tmp_path):
    record = rows(files, "records.jsonl")[0]
    small = export(store, "bundle", Choice(transfer=record["transfer"]), lists="yes")
    assert found_in(tmp_path / "b.zip", small) == []
    names = {name.removeprefix(f"{BASE}/") for name in zipfile.ZipFile(io.BytesIO(small)).namelist()}
    assert {name[15:-5] for name in names if name.startswith("data/documents/")} == {
        one["document"] for one in record["documents"]
    }
    assert "tagmanifest-sha256.txt.tsq" not in names


def test_it_tells_how_to_repeat_it(store):
    choice = Choice(Wanted(party="BR", rejected=True, released=False), as_of="2018-06-30", reviewers=True)
    archive = zipfile.ZipFile(io.BytesIO(export(store, "bundle", choice, timestamp="no")))
    assert json.loads(archive.read(f"{BASE}/data/about.json"))["repeat"] == (
        "armstrace export --format bundle --party BR --rejected --as-of 2018-06-30 --reviewers --set timestamp=no "
        "-o FILE.zip"
    )


REFUSED = [
    (Choice(quotes=False), {}, "holds the documents whole"),
    (Choice(), {"lists": "all"}, "give lists=yes or lists=no"),
    (Choice(Wanted(party="Atlantis")), {}, "nothing to report"),
]


@pytest.mark.parametrize(("choice", "options", "why"), REFUSED)
def test_what_cannot_be_bundled(store, choice, options, why):
    with pytest.raises(MetadataError, match=why):
        export(store, "bundle", choice, **options)


# Damage: what somebody does to the files, or to the archive; the file that is told, and what of it.


def _sha256(data):
    return hashlib.sha256(data).hexdigest()


def zipped(files, **more):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **more) as archive:
        for name, content in files.items():
            archive.writestr(f"{BASE}/{name}", content)
    return out.getvalue()


def signed(files):
    """Return files with manifests that fit them: what somebody who knows what a bag is would do."""
    payload = {name: _sha256(content) for name, content in files.items() if name.startswith("data/")}
    made = {**files, "manifest-sha256.txt": manifest_text(payload).encode()}
    tags = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt")
    made["tagmanifest-sha256.txt"] = manifest_text({name: _sha256(made[name]) for name in tags}).encode()
    made.pop("tagmanifest-sha256.txt.tsq", None)
    return made


def first(files, start):
    return next(name for name in sorted(files) if name.startswith(start))


def changed(start, old, new):
    """Return what replaces words in the first file whose name begins so."""

    def change(files):
        name = first(files, start)
        assert old in files[name]
        return {**files, name: files[name].replace(old, new, 1)}

    return change


def without(start):
    return lambda files: {name: content for name, content in files.items() if name != first(files, start)}


def renamed(start, to):
    def rename(files):
        name = first(files, start)
        return {**{one: content for one, content in files.items() if one != name}, to: files[name]}

    return rename


def with_file(name, content=b"x"):
    return lambda files: {**files, name: content}


UNSIGNED = [
    ("a changed byte of evidence", changed("data/evidence/", b"e", b"f"), "data/evidence/", "not what was put in"),
    ("a changed record", changed("data/records", b'"BR"', b'"CZ"'), "data/records.jsonl", "not what was put in"),
    ("missing evidence", without("data/evidence/"), "data/evidence/", "is missing"),
    ("a missing manifest", without("manifest"), "manifest-sha256.txt", "is missing"),
    ("no declaration", without("bagit.txt"), "bagit.txt", "is missing"),
    ("a file too many", with_file("data/extra.txt"), "data/extra.txt", "somebody added it"),
    ("a file too many beside", with_file("extra.txt"), "extra.txt", "somebody added it"),
    ("a changed manifest", changed("manifest", b"0", b"1"), "manifest-sha256.txt", "not what was put in"),
    ("a manifest that is none", with_file("tagmanifest-sha256.txt", b"?"), "tagmanifest-sha256.txt", "as a manifest"),
    (
        "another request",
        changed("tagmanifest-sha256.txt.tsq", b"\x02", b"\x03"),
        "tagmanifest-sha256.txt.tsq",
        "request",
    ),
    ("a name that leads out", with_file("../../evil"), "armstrace-bundle/../../evil", "lead out"),
    ("a drive", with_file("data/..\\evil"), "armstrace-bundle/data/..\\evil", "lead out"),
    ("a control character", with_file("data/\x1b[2J"), "armstrace-bundle/data/\x1b[2J", "cannot be shown"),
    ("capitals alone", with_file("BAGIT.TXT"), "armstrace-bundle/BAGIT.TXT", "only by capitals"),
]
SIGNED = [
    (
        "another word in a sentence",
        changed("data/claims", b'"text": "', b'"text": "X'),
        "data/claims.jsonl",
        "is not what",
    ),
    ("another text", changed("data/documents/", b'"text": "', b'"text": "X'), "data/documents/", "different lengths"),
    (
        "another document's bytes",
        changed("data/documents/", b'"evidence": "', b'"evidence": "0'),
        "data/documents/",
        "",
    ),
    ("evidence that is another", changed("data/evidence/", b"e", b"f"), "data/evidence/", "whose hash is its name"),
    ("missing evidence", without("data/evidence/"), "data/documents/", "bytes that are missing"),
    ("a missing document", without("data/documents/"), "data/evidence/", "of no document"),
    ("evidence of nobody", with_file(f"data/evidence/{'ab' * 32}"), "data/evidence/ab", "not the bytes"),
    ("a renamed document", renamed("data/documents/", "data/documents/0.json"), "data/documents/0.json", "is its name"),
    (
        "a record of another claim",
        changed("data/records", b'"told": [{"claim": "', b'"told": [{"claim": "0'),
        "data/records.jsonl",
        "",
    ),
    ("a missing report", without("data/reports/"), "data/records.jsonl", "which is missing"),
    ("a missing measure", without("data/law/"), "data/records.jsonl", "which is missing"),
    (
        "another certificate",
        changed("data/certificates/", b"MONGOLIAN", b"MANGOLIAN"),
        "data/certificates/",
        "is not the cert",
    ),
    (
        "fewer claims than told",
        changed("data/about", b'"documents": 1', b'"documents": 2'),
        "data/about.json",
        "tells of",
    ),
    ("another kind of bag", changed("data/about", b"armstrace", b"something"), "data/about.json", "does not say"),
    ("a later shape", changed("data/about", b'"shape": 1', b'"shape": 9'), "data/about.json", "newer armstrace"),
    ("no JSON", with_file("data/about.json", b"{"), "data/about.json", "is not as a bundle has it"),
    ("deep JSON", with_file("data/about.json", b"[" * 100_000), "data/about.json", "is not as a bundle has it"),
    ("a claim that is none", with_file("data/claims.jsonl", b"{}\n"), "data/claims.jsonl", "line 1: is not as"),
    ("another BagIt", changed("bagit.txt", b"1.0", b"0.9"), "bagit.txt", "another version"),
]


@pytest.mark.parametrize(("damage", "name", "what"), [row[1:] for row in UNSIGNED], ids=[row[0] for row in UNSIGNED])
def test_damage_is_told_with_the_file(tmp_path, files, damage, name, what):
    told = found_in(tmp_path / "b.zip", zipped(damage(files)))
    assert [one for one in told if one.name.startswith(name) and what in one.what], told


@pytest.mark.parametrize(("damage", "name", "what"), [row[1:] for row in SIGNED], ids=[row[0] for row in SIGNED])
def test_lies_with_manifests_that_fit_are_told(tmp_path, files, damage, name, what):
    told = found_in(tmp_path / "b.zip", zipped(signed(damage(files))))
    assert [one for one in told if one.name.startswith(name) and what in one.what], told


def test_who_packs_it_again_damages_nothing(tmp_path, files):
    assert found_in(tmp_path / "b.zip", zipped(dict(sorted(files.items(), reverse=True)))) == []
    assert found_in(tmp_path / "b.zip", zipped(files, compression=zipfile.ZIP_DEFLATED)) == []
    assert found_in(tmp_path / "b.zip", zipped(signed(files))) == []


def test_nothing_but_a_bag_in_one_folder(tmp_path, files):
    out = io.BytesIO(zipped(files))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("beside/bagit.txt", b"x")
    (trouble,) = found_in(tmp_path / "b.zip", out.getvalue())
    assert (trouble.name, "lies beside" in trouble.what) == ("beside/bagit.txt", True)


def test_a_link_is_told(tmp_path, files):
    out = io.BytesIO(zipped(files))
    link = zipfile.ZipInfo(f"{BASE}/data/link")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    (trouble,) = found_in(tmp_path / "b.zip", out.getvalue())
    assert (trouble.name, "is a link" in trouble.what) == (f"{BASE}/data/link", True)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_told(tmp_path, files):
    out = io.BytesIO(zipped(files))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(f"{BASE}/data/README.txt", b"other words")
    (trouble,) = found_in(tmp_path / "b.zip", out.getvalue())
    assert (trouble.name, "twice" in trouble.what) == (f"{BASE}/data/README.txt", True)


def test_a_bomb_is_not_unpacked(tmp_path, files):
    bomb = zipped({**files, "data/zeros": bytes(200 << 20)}, compression=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 1 << 20
    (trouble,) = found_in(tmp_path / "b.zip", bomb)
    assert "would unpack to" in trouble.what


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_refused(tmp_path, files, method):
    told = found_in(tmp_path / "b.zip", zipped(files, compression=method))
    assert "packed in a way" in told[0].what


def test_what_is_encrypted_is_told(tmp_path, data):
    place = data.index(b"PK\x01\x02") + 8
    (trouble,) = found_in(tmp_path / "b.zip", data[:place] + struct.pack("<H", 1) + data[place + 2 :])
    assert "is encrypted" in trouble.what


@pytest.mark.parametrize("part", [0.0, 0.01, 0.5, 0.99, 0.9999])
def test_what_is_cut_short_is_told(tmp_path, data, part):
    (trouble,) = found_in(tmp_path / "b.zip", data[: int(len(data) * part)])
    assert "is cut short" in trouble.what


def test_no_file_is_an_error(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        list(check_bundle(tmp_path / "none.zip", Counter()))


def test_no_changed_byte_changes_anything_unseen(tmp_path, data, files):
    @settings(max_examples=25, deadline=None)
    @given(st.integers(0, len(data) - 1), st.integers(1, 255))
    def check(place, by):
        other = data[:place] + bytes([data[place] ^ by]) + data[place + 1 :]
        if found_in(tmp_path / "b.zip", other):
            return
        archive = zipfile.ZipFile(io.BytesIO(other))
        assert {one.filename.removeprefix(f"{BASE}/"): archive.read(one) for one in archive.infolist()} == files

    check()


def test_manifests_tell_of_all_files(files):
    told = read_manifest(files["manifest-sha256.txt"].decode())
    assert told == {name: _sha256(content) for name, content in files.items() if name.startswith("data/")}
