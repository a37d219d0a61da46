"""FollowTheMoney: what goes in comes back, its own reader takes all of it, and no report looks like a fact."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from generated_records import about, registers
from hypothesis import given, settings
from reading_ftm import read_records, read_statements
from record_stories import ABOUT, FINDING, json_lines, make_record, with_one_document_an_id, written
from validators import validator

from armstrace.errors import MetadataError
from armstrace.export.field_lines import LONGEST
from armstrace.export.ftm import as_entities, as_statements
from armstrace.export.ftm.documents import LANGUAGES
from armstrace.export.record_lines import record_to_dict
from armstrace.lexicon.load import load_country_labels
from armstrace.model import Evidence


def plain_records(records):
    return [json.loads(json.dumps(record_to_dict(record))) for record in records]


@settings(max_examples=25, deadline=None)
@given(registers())
def test_every_value_and_marker_comes_back(register):
    records = with_one_document_an_id(register)
    entities = json_lines(written(as_entities.write, records, about()))
    statements = json_lines(written(as_statements.write, records, about()))
    assert read_records(entities) == plain_records(records)
    assert read_records(read_statements(statements)) == plain_records(records)


@settings(max_examples=20, deadline=None)
@given(registers(most=2))
def test_its_reader_changes_and_drops_nothing(register):
    value_entity = validator("followthemoney.entity").ValueEntity
    for told in json_lines(written(as_entities.write, register, about())):
        entity = value_entity.from_dict(dict(told), cleaned=False)
        read = {prop.name: entity.get(prop) for prop in entity.iterprops()}
        assert (entity.id, read) == (told["id"], told["properties"])
        entity.schema.validate(told)
        assert set(entity.schema.required) <= set(read)


@settings(max_examples=20, deadline=None)
@given(registers(most=2))
def test_its_statements_are_made_as_its_own(register):
    statement = validator("followthemoney.statement").Statement
    for told in json_lines(written(as_statements.write, register, about())):
        read = statement.from_dict(dict(told))
        assert read.to_dict() == told
        assert read.generate_key() == told["id"]
        read.to_db_row()  # refuses a moment that is none


STORY = [
    {"id": "a", "day": "2031-03-01", "by": "Ledger", "from": "government KP", "number": 40, "status": "delivered"},
    {"id": "b", "day": "2031-03-04", "by": "Post", "from": "government RU", "polarity": "denied"},
]


def run_ftm(*arguments, data):
    runner = validator("click.testing").CliRunner()
    validator("followthemoney.cli.statement")
    done = runner.invoke(validator("followthemoney.cli.cli").cli, list(arguments), input=data)
    assert done.exit_code == 0, done.output
    return json_lines(done.stdout_bytes)


def test_its_command_takes_entities():
    data = written(as_entities.write, [make_record(STORY, findings=[FINDING])])
    given_, taken = json_lines(data), run_ftm("validate", data=data)
    assert [(one["id"], one["schema"], one["properties"]) for one in taken] == [
        (one["id"], one["schema"], one["properties"]) for one in given_
    ]


def test_its_command_makes_the_same_entities_of_statements():
    record = make_record(STORY, findings=[FINDING])
    entities = json_lines(written(as_entities.write, [record]))
    taken = run_ftm("aggregate-statements", "-f", "json", data=written(as_statements.write, [record]))
    assert [(one["id"], one["schema"], as_sets(one)) for one in taken] == [
        (one["id"], one["schema"], as_sets(one)) for one in entities
    ]


def as_sets(entity):
    return {prop: sorted(values) for prop, values in entity["properties"].items()}


def entities_of(claims, context=(), findings=()):
    return json_lines(written(as_entities.write, [make_record(claims, context, findings)]))


def of_schema(entities, schema):
    return [one["properties"] for one in entities if one["schema"] == schema]


# What is told of a transfer; how its event's name begins; what links the two parties; whether it shows as trade.
TOLD = [
    (
        "a delivery",
        [{"status": "delivered"}],
        "Reported as delivered: North Korea → Russia: drones",
        "reported to supply arms to",
        True,
    ),
    ("a plan", [{"status": "planned"}], "Reported as planned: ", "reported to supply arms to", False),
    (
        "an allegation",
        [{"status": "delivered", "sure": "alleged"}],
        "Alleged as delivered: ",
        "reported to supply",
        False,
    ),
    ("an expectation", [{"status": "delivered", "sure": "expected"}], "Reported as delivered: ", "reported to", False),
    ("a seizure", [{"status": "seized"}], "Reported as seized: ", "reported to supply arms to", False),
    ("no status", [{}], "Reported: ", "reported to supply arms to", False),
    ("a denial alone", [{"status": "delivered", "polarity": "denied"}], "Denied: ", "denied to supply arms to", False),
    (
        "a delivery that is denied",
        [{"status": "delivered"}, {"status": "delivered", "polarity": "denied", "from": "government RU"}],
        "Reported as delivered, and denied: ",
        "reported, and denied, to supply arms to",
        False,
    ),
]


@pytest.mark.parametrize(("claims", "name", "role", "is_trade"), [row[1:] for row in TOLD], ids=[r[0] for r in TOLD])
def test_no_report_looks_like_a_fact(claims, name, role, is_trade):
    told = [{"id": f"c{number}", "from": "government KP", **row} for number, row in enumerate(claims)]
    entities = entities_of(told)
    (event,), (link,) = of_schema(entities, "Event"), of_schema(entities, "UnknownLink")
    assert event["name"][0].startswith(name)
    assert link["role"][0].startswith(role)
    assert bool(of_schema(entities, "EconomicActivity")) is is_trade
    assert not any("topics" in one["properties"] for one in entities)


def test_what_its_outlet_took_back_links_nobody():
    entities = entities_of([{"id": "a", "later": [{"in": "doc-b", "day": "2031-03-09", "as": "withdrawal"}]}])
    (event,) = of_schema(entities, "Event")
    assert event["name"] == ["Affirmed by nobody: North Korea → Russia: drones"]
    assert of_schema(entities, "UnknownLink") == []


ROLES = [
    ({}, "reports", "unspecified, unstated"),
    ({"status": "planned", "sure": "likely", "band": [55, 80]}, "reports", "planned, likely (55-80 %)"),
    ({"sure": "alleged"}, "alleges", "unspecified, alleged"),
    ({"polarity": "denied", "status": "delivered"}, "denies", "delivered, unstated"),
    ({"kind": "confirmation"}, "confirms", "unstated"),
    ({"kind": "use"}, "tells beside it", "unstated"),
]


@pytest.mark.parametrize(("row", "role", "status"), ROLES)
def test_a_claim_says_how_it_speaks(row, role, status):
    beside = row.get("kind", "transfer") != "transfer"
    entities = entities_of([{"id": "a"}] + ([] if beside else [{"id": "b", **row}]), [{"id": "b", **row}] * beside)
    (told,) = [one for one in of_schema(entities, "Documentation") if one["recordId"] == ["b"]]
    assert (told["role"], told["status"]) == ([role], [status])


def test_the_law_lies_on_the_event_and_on_no_party():
    entities = entities_of(STORY, findings=[FINDING])
    (sanction,) = of_schema(entities, "Sanction")
    assert sanction["entity"] == [one["id"] for one in entities if one["schema"] == "Event"]
    assert sanction["status"] == ["Would breach, if the report is true"]


def test_a_value_has_the_document_that_it_stands_in():
    statements = json_lines(written(as_statements.write, [make_record(STORY)]))
    (number,) = [one for one in statements if one["schema"] == "Event" and one["value"].startswith("quantity 1 = ")]
    assert (number["origin"], number["original_value"], number["first_seen"]) == ("doc-a", "40", "2031-05-01T10:00:00")
    (denied,) = [one for one in statements if one["prop"] == "role" and one["value"] == "denies"]
    assert denied["origin"] == "doc-b"


def test_what_a_reader_would_cut_comes_in_parts():
    record = make_record([{"id": "a"}])
    told = record.transfer.claims[0]
    words = 'he said "й\\" ' * (LONGEST // 8)
    claim = replace(told.claim, evidence=Evidence(words, told.claim.evidence.span))
    record = replace(record, transfer=replace(record.transfer, claims=(replace(told, claim=claim),)))
    entities = json_lines(written(as_entities.write, [record]))
    assert max(len(value) for one in entities for values in one["properties"].values() for value in values) < 65_000
    assert read_records(entities) == plain_records([record])


def test_a_data_set_has_the_name_that_is_asked_for():
    record = make_record(STORY)
    named = replace(ABOUT, options={"dataset": "my_case_7"})
    assert {one["dataset"] for one in json_lines(written(as_statements.write, [record], named))} == {"my_case_7"}
    assert {tuple(one["datasets"]) for one in json_lines(written(as_entities.write, [record], named))} == {
        ("my_case_7",)
    }


@pytest.mark.parametrize("name", ["", "My case", "a__b", "_a", "é"])
def test_a_data_set_of_no_such_name_is_refused(name):
    with pytest.raises(MetadataError, match="--set dataset="):
        written(as_entities.write, [], replace(ABOUT, options={"dataset": name}))


def test_countries_and_languages_are_those_that_its_reader_knows():
    registry = validator("followthemoney.types").registry
    codes = [code.lower() for code in load_country_labels()]
    assert [registry.country.clean(code) for code in codes] == codes
    assert {two: registry.language.clean(two) for two in LANGUAGES} == LANGUAGES
