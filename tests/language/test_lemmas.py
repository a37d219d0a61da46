"""Lemmas by tag and spelling. The tables read: form, lemma."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.language.lemmas import apply_script, find_lemma, lemma_script
from armstrace.language.load import PACKAGED

SAME, SAME_SMALL = "0|0|", "1|0|"


@pytest.fixture(scope="module")
def known():
    from tokenizers import Tokenizer  # noqa: PLC0415  the one place that needs it

    vocabulary = Tokenizer.from_file(str(PACKAGED / "tokenizer.json"))
    return lambda word: vocabulary.token_to_id(word) is not None


def rows(table: str) -> list[tuple[str, str]]:
    return [tuple(row.split()) for row in table.split("|")]


PAST = rows("""
supplied supply|delivered deliver|shipped ship|sold sell|bought buy|sent send|gave give|seized seize
|pledged pledge|transferred transfer|exported export|imported import|smuggled smuggle|diverted divert
|armed arm|equipped equip|agreed agree|planned plan|cancelled cancel|controlled control|approved approve
|refused refuse|denied deny|released release|needed need|declared declare|developed develop
|allowed allow|identified identify|forced force|changed change|used use|based base|hoped hope|tried try
|died die|added add|called call|passed pass|led lead|found find|left leave|lent lend|leased lease
|traded trade|provided provide|included include|visited visit|acquired acquire|procured procure
|captured capture|trafficked traffic|vetoed veto|put put|cut cut|said say|alleged allege
|intercepted intercept|retrofitted retrofit|brokered broker|funnelled funnel|airlifted airlift
|donated donate|evacuated evacuate|United unite|fired fire|stored store|upgraded upgrade|issued issue
|argued argue
""")
PRESENT = rows("""
supplies supply|sells sell|goes go|does do|has have|reaches reach|passes pass|denies deny|dies die
|uses use|releases release|fixes fix|vetoes veto|buys buy|seizes seize|wishes wish|says say
|undergoes undergo
""")
RUNNING = rows("""
supplying supply|selling sell|shipping ship|arming arm|making make|lying lie|dying die|agreeing agree
|transferring transfer|seizing seize|using use|being be|having have|getting get|beginning begin
|carrying carry|investigating investigate|providing provide|controlling control|adding add|coming come
|trafficking traffic
""")
PLURALS = rows("""
countries country|companies company|batteries battery|missiles missile|rifles rifle|shells shell
|batches batch|businesses business|cases case|buses bus|boxes box|crises crisis|bases base|knives knife
|wives wife|men man|gunmen gunman|militiamen militiaman|women woman|children child|people people
|troops troops|arms arms|aircraft aircraft|spacecraft spacecraft|cargoes cargo|embargoes embargo
|torpedoes torpedo|shoes shoe|series series|headquarters headquarters|explosives explosive|allies ally
|movies movie|ties tie|lenses lens|fuses fuse|memoranda memorandum|1980s 1980s|UAVs UAV|ICBMs ICBM
|F-16s F-16|M4s M4|munitions munition
""")
COMPARISONS = rows("""
bigger big|larger large|heavier heavy|lower low|newer new|older old|best good|worst bad|later late
|more more|latest late|highest high|earlier early|closer close|fewer few
""")


@pytest.mark.parametrize(
    ("tag", "form", "lemma"),
    [
        (tag, *row)
        for tag, table in (
            ("VBD", PAST),
            ("VBN", PAST),
            ("VBZ", PRESENT),
            ("VBG", RUNNING),
            ("NNS", PLURALS),
            ("JJR", COMPARISONS),
        )
        for row in table
    ],
)
def test_inflected_forms(tag, form, lemma, known):
    assert find_lemma(form, tag, SAME_SMALL, known) == lemma


@pytest.mark.parametrize(
    ("form", "tag", "script", "lemma"),
    [
        ("Deliver", "VB", SAME_SMALL, "deliver"),
        ("are", "VBP", SAME_SMALL, "be"),
        ("Tehran", "NNP", SAME, "Tehran"),
        ("F-16s", "NNP", SAME, "F-16"),
        ("Su-30MKIs", "NNPS", SAME, "Su-30MKI"),
        ("States", "NNPS", SAME, "State"),
        ("Netherlands", "NNPS", SAME, "Netherlands"),
        ("Iranian", "JJ", SAME, "Iranian"),
        ("Military", "JJ", SAME_SMALL, "military"),
        ("DNA", "NN", SAME_SMALL, "DNA"),
        ("AMMUNITION", "NN", SAME, "ammunition"),
        ("1,000", "CD", SAME, "1000"),
        ("Twenty", "CD", SAME_SMALL, "twenty"),
        ("IV", "CD", SAME_SMALL, "IV"),
        ("n’t", "RB", "w|not", "not"),
        ("’s", "VBZ", "w|be", "be"),
        ("an", "DT", "1|1|", "a"),
        ("Their", "PRP$", "w|they", "they"),
    ],
)
def test_other_forms(form, tag, script, lemma, known):
    assert find_lemma(form, tag, script, known) == lemma


@given(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12))
def test_a_script_gives_back_the_lemma_that_it_was_made_from_or_the_form(form, lemma):
    script = lemma_script(form, lemma)
    assert apply_script(form, script) in {lemma, form}


@pytest.mark.parametrize("tag", ["VBD", "VBN", "VBG", "VBZ", "NNS", "JJR", "RBS", "NNPS", "CD", "DT", "NN"])
@given(form=st.text(min_size=1, max_size=10))
def test_any_form_has_a_lemma(tag, form):
    assert find_lemma(form, tag, SAME, lambda _: False)
