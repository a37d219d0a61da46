"""The loader refuses what is incomplete or contradicts itself, and says which file, entry and field."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from armstrace.embargo.load import load_measures
from armstrace.errors import MeasureError

GOOD: dict[str, Any] = yaml.safe_load("""
key: UN-XX
title: An embargo made up for this test
body: UN
date_checked: 2026-02-01
known_until: 2026-01-01
confidence: {level: high, reason: made up}
sources:
- {id: r1, url: https://example.org/r1, title: Resolution 1, official: true}
- {id: news, url: https://example.org/news, title: A report, official: false}
entries:
- id: r1-supply
  instrument: resolution 1 (2001)
  paragraph: "5"
  summary: No arms.
  adopted: 2001-01-01
  in_force_from: 2001-01-02
  in_force_to: 2003-01-01
  ending: lifted
  ended_by: {instrument: resolution 2 (2003), paragraph: "1"}
  strength: binding
  direction: supply-to
  target: {kind: state, countries: [XX]}
  bound: [all-states]
  acts: [supply, sale]
  scope: [all-arms]
  exemptions:
  - instrument: resolution 1 (2001)
    paragraph: "6"
    summary: For the government.
    beneficiary: government
    asks: notification
    in_force_from: 2001-06-01
    in_force_to: null
    items: [small-arms]
    verified: true
    seen: [news]
  renewals:
  - instrument: resolution 3 (2002)
    paragraph: "1"
    adopted: 2002-01-01
    until: 2004-01-01
    verified: false
    missing: days
  suspensions:
  - instrument: resolution 4 (2002)
    paragraph: "1"
    summary: A pause.
    suspended_from: 2002-02-01
    suspended_to: 2002-03-01
    verified: false
    missing: days
  disputes:
  - {by: [XX], summary: Not accepted., disputed_from: 2002-02-01, disputed_to: null, verified: false, missing: letters}
  source: r1
  verified: {dates: true, terms: true, paragraph: false}
  seen: [news]
  missing: the paragraph
""")
ENTRY = "UN-XX.yml, entry 1 (r1-supply)"
GONE = object()


def _written(tmp_path: Path, path: str, value: object) -> Path:
    """Write the good measure with the field at ``path`` ("entries.0.paragraph") set to ``value`` or taken out."""
    measure: Any = deepcopy(GOOD)
    *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place = measure
    for part in parents:
        place = place[part]
    if value is GONE:
        del place[last]
    else:
        place[last] = value
    (tmp_path / "UN-XX.yml").write_text(yaml.safe_dump(measure, sort_keys=False), "utf-8")
    return tmp_path


def test_a_whole_measure_is_read(tmp_path: Path):
    (measure,) = load_measures(_written(tmp_path, "title", "Another title"))
    (entry,) = measure.entries
    assert (measure.title, measure.reason, entry.provision.paragraph) == ("Another title", "made up", "5")
    assert (entry.checked.verified, entry.checked.dates, entry.checked.paragraph) == (False, True, False)
    assert entry.exemptions[0].checked.verified
    assert entry.renewals[0].until.year == 2004


LISTED = {"group": "A", "listed_from": date(2002, 1, 1)}
REFUSED = [
    ("entries.0.paragraph", GONE, f"{ENTRY}: field 'paragraph' is missing"),
    ("entries.0.paragraph", 5, f"{ENTRY}, 'paragraph': a text is expected (quote numbers), found 5"),
    ("entries.0.paragraph", "somewhere", f"{ENTRY}: 'paragraph' must hold a number"),
    ("entries.0.paragraph", "8(a); 9", f"{ENTRY}: 'paragraph' holds a semicolon"),
    ("entries.0.paragraph", "not found", f"{ENTRY}: 'paragraph' must hold a number"),
    ("entries.0.adopted", GONE, f"{ENTRY}: field 'adopted' is missing"),
    ("entries.0.in_force_from", GONE, f"{ENTRY}: field 'in_force_from' is missing"),
    ("entries.0.in_force_to", GONE, f"{ENTRY}: field 'in_force_to' is missing"),
    ("entries.0.in_force_from", "January 2001", f"{ENTRY}, 'in_force_from': a day such as 2006-10-14 is expected"),
    ("entries.0.in_force_from", "2000-12-31", f"{ENTRY}, 'in_force_from': a day such as 2006-10-14 is expected"),
    ("entries.0.scope", GONE, f"{ENTRY}: field 'scope' is missing"),
    ("entries.0.scope", [], f"{ENTRY}, 'scope': a list that holds something is expected"),
    ("entries.0.scope", ["all arms"], f"{ENTRY}: 'scope' or 'items' names 'all arms', which is not in scopes.yml"),
    ("entries.0.source", GONE, f"{ENTRY}: field 'source' is missing"),
    ("entries.0.source", "news", "UN-XX.yml: entry 'r1-supply': 'source' must name an official source; found 'news'"),
    ("sources", [], "UN-XX.yml, 'sources': a list that holds something is expected"),
    ("sources.0.url", "undocs.org", "UN-XX.yml, 'sources' no. 1, 'url': a web address is expected"),
    ("sources.1.id", "unused", "UN-XX.yml: source 'unused' is named by no entry"),
    ("sources.1.id", "r1", "UN-XX.yml: two entries of the source list have the 'id' 'r1'"),
    ("entries.0.exemptions", GONE, f"{ENTRY}: field 'exemptions' is missing"),
    ("entries.0.exemptions.0.paragraph", GONE, f"{ENTRY}, 'exemptions' no. 1: field 'paragraph' is missing"),
    ("entries.0.exemptions.0.asks", "a licence", f"{ENTRY}, 'exemptions' no. 1, 'asks': one of none, notification"),
    ("entries.0.exemptions.0.seen", GONE, f"{ENTRY}: 'seen' names where a fact stands exactly where one is 'verified'"),
    ("entries.0.renewals.0.missing", GONE, f"{ENTRY}: 'missing' says what to look for exactly where"),
    ("entries.0.verified", GONE, f"{ENTRY}: field 'verified' is missing"),
    ("entries.0.verified", "partly", f"{ENTRY}, 'verified': fields and values are expected, found 'partly'"),
    ("entries.0.ended_by", GONE, f"{ENTRY}: 'ended_by' is missing: an entry that was lifted names the instrument"),
    ("entries.0.ending", "open", f"{ENTRY}: 'ending' is open exactly where 'in_force_to' is null"),
    ("entries.0.ending", "expired", f"{ENTRY}: 'ended_by' is given, but 'ending' is expired"),
    ("entries.0.direction", "procurement-from", f"{ENTRY}: 'acts' hold procurement exactly where"),
    ("entries.0.direction", "both", f"{ENTRY}, 'direction': one of supply-to, procurement-from is expected"),
    ("entries.0.target", {"kind": "group"}, f"{ENTRY}: 'target': a group target names 'groups', 'named' or 'listed'"),
    ("entries.0.target.listed", [{"group": "A"}], f"{ENTRY}, 'target', 'listed' no. 1: field 'listed_from' is missing"),
    (
        "entries.0.target.listed",
        [LISTED],
        f"{ENTRY}: 'listed': A has 'seen' where its days stand, or 'missing' what to",
    ),
    (
        "entries.0.target.listed",
        [LISTED | {"seen": ["r1"], "listed_to": date(2001, 1, 1)}],
        f"{ENTRY}: 'listed': A is taken off before it is listed",
    ),
    ("entries.0.target", {"kind": "state"}, f"{ENTRY}: 'target': a state target names 'countries'"),
    ("entries.0.target.countries", ["Xland"], f"{ENTRY}: 'target': countries are ISO 3166-1 alpha-2 codes"),
    ("entries.0.target.place", "the north", f"{ENTRY}: 'target': only a territory or those in it have a 'place'"),
    ("entries.0.range", 300, f"{ENTRY}: unknown field range"),
    ("entries", [], "UN-XX.yml, 'entries': a list that holds something is expected"),
    ("key", "EU-XX", "UN-XX.yml: the file must be named after its 'key', EU-XX.yml"),
    ("body", "EU", "UN-XX.yml: 'key' must be the body, a hyphen and the target in capitals, such as EU-XX"),
    ("confidence", "high", "UN-XX.yml, 'confidence': fields and values are expected, found 'high'"),
    ("entries.0.verified", {"dates": False, "terms": False, "paragraph": True}, "UN-XX.yml: 'confidence' must be low"),
    ("confidence.reason", GONE, "UN-XX.yml, 'confidence': field 'reason' is missing"),
]


@pytest.mark.parametrize(("path", "value", "message"), REFUSED)
def test_refused_with_file_entry_and_field(tmp_path: Path, path: str, value: object, message: str):
    with pytest.raises(MeasureError, match=re.escape(message)):
        load_measures(_written(tmp_path, path, value))


DAYS = [
    ("entries.0.in_force_from", "2000-12-31", f"{ENTRY}: 'in_force_from' lies before 'adopted'"),
    ("entries.0.in_force_to", "2001-01-02", f"{ENTRY}: 'in_force_to' must lie after 'in_force_from'"),
    ("entries.0.exemptions.0.in_force_from", "2000-01-01", f"{ENTRY}: 'exemptions': 2000-01-01 to None is not within"),
    ("entries.0.suspensions.0.suspended_to", "2004-01-01", f"{ENTRY}: 'suspensions': 2002-02-01 to 2004-01-01 is not"),
    (
        "entries.0.suspensions.0.suspended_to",
        "2002-02-01",
        f"{ENTRY}: 'suspensions': an end must lie after its beginning",
    ),
    ("entries.0.renewals.0.until", "2001-12-31", f"{ENTRY}: 'renewals': resolution 3 (2002) ends before it begins"),
    ("known_until", "2026-03-01", "UN-XX.yml: 'known_until' lies after 'date_checked'"),
    ("known_until", "2001-01-01", f"{ENTRY}: 'in_force_from' lies after the file's 'known_until'"),
]


@pytest.mark.parametrize(("path", "value", "message"), DAYS)
def test_days_that_contradict_each_other_are_refused(tmp_path: Path, path: str, value: str, message: str):
    day = yaml.safe_load(value)
    with pytest.raises(MeasureError, match=re.escape(message)):
        load_measures(_written(tmp_path, path, day))


def test_a_renewed_entry_that_ran_out_ends_with_its_last_renewal(tmp_path: Path):
    folder = _written(tmp_path, "entries.0.ending", "expired")
    text = (folder / "UN-XX.yml").read_text("utf-8")
    measure = yaml.safe_load(text)
    del measure["entries"][0]["ended_by"]
    (folder / "UN-XX.yml").write_text(yaml.safe_dump(measure), "utf-8")
    with pytest.raises(MeasureError, match=re.escape("'in_force_to' must be the 'until' of the last renewal")):
        load_measures(folder)


def test_what_is_no_yaml_or_no_text_is_refused_by_name(tmp_path: Path):
    (tmp_path / "UN-XX.yml").write_text("key: [", "utf-8")
    with pytest.raises(MeasureError, match=r"UN-XX\.yml: cannot be read"):
        load_measures(tmp_path)
    (tmp_path / "UN-XX.yml").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(MeasureError, match=r"UN-XX\.yml: cannot be read"):
        load_measures(tmp_path)
