"""Parties that the sentence does not name: the operator's subject, the deal told before, the outlet's own state."""

from __future__ import annotations

from armstrace.extract.candidate import Candidate
from armstrace.extract.parties import PartyReading, adjective_party
from armstrace.extract.reading import ItemMention
from armstrace.extract.reference import Story
from armstrace.extract.standing import Standing
from armstrace.extract.status import find_idiom
from armstrace.extract.told import find_known_arms, find_told_items
from armstrace.extract.tree import subject_of
from armstrace.kinds import arms_kinds
from armstrace.lexicon.entries import EntryKind, Operator
from armstrace.model import Category, Claim, Party, Status

_SELLING = frozenset({"seek", "sale", "delivery", "sell", "give", "ship", "arm", "gift", "deal"})
_OWN_STATE = frozenset({"sale", "delivery", "deal", "gift", "purchase", "seek", "aid"})
_ANY_KIND = frozenset({Category.OTHER, Category.COMPONENTS})  # generic arms and parts go with every kind
_STATES = frozenset({"involve", "engage"})  # "is involved in": no one else involves it
_POSSESSION = frozenset({"own", "use"})
# Who has or fires arms got them from nobody told; an embargo without a name before it binds many states.
_NO_STORIED_SUPPLIER = frozenset({"own", "use", "embargo", "get", "get-light"})
_BODIES = (EntryKind.BODY, EntryKind.OUTLET)


def complete(story: Story, candidate: Candidate, standing: Standing, earlier: list[Claim]) -> None:
    """Fill a missing supplier or recipient, the surest way first; each way is named among the rules."""
    find_told_items(story, candidate, earlier)
    if candidate.frame.name in _NO_STORIED_SUPPLIER and not candidate.suppliers:
        candidate.closed.add("supplier")
    _from_item(story, candidate)
    _from_operator(story, candidate, standing)
    _from_same_sentence(candidate, earlier)
    _from_earlier(candidate, earlier)
    find_known_arms(candidate, earlier)
    _from_sole_supplier(candidate, earlier)
    _from_sole_recipient(candidate, earlier)
    _from_home(story, candidate, standing)


def _from_item(story: Story, candidate: Candidate) -> None:
    """Take the supplier from the arms' own words: "Russian-supplied", and "Russian arms" where they are traded."""
    if candidate.suppliers:
        return
    for mention in candidate.items:
        found = _named_supplier(story, candidate, mention)
        if found:
            candidate.suppliers.append(found)
            candidate.rules.append("supplier: 'X-supplied' before the arms")
            return
    if candidate.frame.name in _POSSESSION:
        return
    taken = {p.party.country for p in candidate.recipients}
    for mention in candidate.items:
        found = None if mention.maker else _nationality(story, candidate, mention)
        if not found or not found.party.country or found.party.country in taken:
            continue
        candidate.nations[mention.head] = found.party.country
        if found.party.country not in {p.party.country for p in candidate.suppliers}:
            candidate.suppliers.append(found)
            candidate.rules.append("supplier: the arms' nationality")


def _nationality(story: Story, candidate: Candidate, mention: ItemMention) -> PartyReading | None:
    for index in candidate.sentence.tree.noun_phrase(mention.head):
        found = adjective_party(story.reading, candidate.sentence, index)
        if found:
            return found
    return None


def _named_supplier(story: Story, candidate: Candidate, mention: ItemMention) -> PartyReading | None:
    if not mention.supplier_span:
        return None
    index = candidate.sentence.tree.at(mention.supplier_span.start)
    for entry in candidate.sentence.entries(index):
        if entry.country:
            party = Party(entry.country, None, story.reading.words(mention.supplier_span), mention.supplier_span)
            return PartyReading(party, "name", index, entry)
    return None


def _from_operator(story: Story, candidate: Candidate, standing: Standing) -> None:
    """Read "The administration approved the sale": who approves is the supplier; who requests is the recipient."""
    tree = candidate.sentence.tree
    for governor in standing.governors:
        token = tree.token(governor)
        words = story.reading.lexicon.transfer
        operator = find_idiom(tree, governor, words) or _operator(story, token.upos, token.lemma.lower())
        if not operator or operator.actor == "none":
            continue
        subject = _actor(candidate, governor)
        parties = story.resolve(candidate.sentence, subject) if subject >= 0 else []
        if any(p.entry and p.entry.kind is EntryKind.BODY and not p.party.country for p in parties):
            candidate.unknown.add("supplier")  # the Security Council binds all: no one state refuses
        parties = [
            p
            for p in parties
            if p.party.country and not (p.entry and p.entry.kind in _BODIES and p.party.country is None)
        ]
        target = candidate.suppliers if operator.actor == "supplier" else candidate.recipients
        other = candidate.recipients if operator.actor == "supplier" else candidate.suppliers
        if len(parties) > 1 and not target and not other and operator.status == Status.ORDERED:
            _both_signed(story, candidate, parties)
            continue
        if parties and not target and parties[0].party.country not in {p.party.country for p in other}:
            target += parties
            candidate.rules.append(f"{operator.actor}: who {token.lemma}s")


def _both_signed(story: Story, candidate: Candidate, parties: list[PartyReading]) -> None:
    """Read "Moscow and Tehran signed": the greater exporter sells."""
    exporters = story.reading.lexicon.transfer.exporters
    ranked = sorted(
        parties,
        key=lambda p: exporters.index(p.party.country) if p.party.country in exporters else len(exporters),
    )
    candidate.suppliers += ranked[:1]
    candidate.recipients += ranked[1:]
    candidate.rules.append("parties: both signed, the exporter sells")


def _actor(candidate: Candidate, governor: int) -> int:
    tree = candidate.sentence.tree
    token = tree.token(governor)
    if token.upos in {"VERB", "ADJ"}:
        agents = tree.children(governor, "obl:agent")
        if tree.children(governor, "nsubj:pass", "aux:pass") and token.lemma not in _STATES:
            return agents[0] if agents else -1
        if token.lemma in _STATES and tree.children(governor, "nsubj:pass"):
            return tree.children(governor, "nsubj:pass")[0]
        return subject_of(tree, governor)
    holders = tree.children(governor, "nmod:poss", "compound", "amod")
    return holders[0] if holders else -1


def _operator(story: Story, upos: str, lemma: str) -> Operator | None:
    words = story.reading.lexicon.transfer
    table = {
        "VERB": words.verb_operators,
        "NOUN": words.noun_operators,
        "ADJ": words.adjective_operators,
    }.get(upos)
    return table.get(lemma) if table else None


def _from_same_sentence(candidate: Candidate, earlier: list[Claim]) -> None:
    """Read "Italy will send rifles to the Kurds, while Germany is considering vests": the recipient stays the same."""
    if candidate.recipients or "recipient" in candidate.shut or not candidate.suppliers or not earlier:
        return
    last = earlier[-1]
    if (
        last.evidence.span == candidate.sentence.span
        and last.recipient
        and candidate.frame.roles.get("subject") == "supplier"
    ):
        candidate.recipients.append(_storied(last.recipient))
        candidate.rules.append("recipient: the one of the same sentence")


def _from_earlier(candidate: Candidate, earlier: list[Claim]) -> None:
    """Take a missing party from the last claim of the same deal: same other party, compatible arms."""
    for claim in reversed(earlier):
        if not _compatible(candidate, claim):
            continue
        if (
            not candidate.recipients
            and "recipient" not in candidate.shut
            and claim.recipient
            and _agrees(candidate.suppliers, claim.supplier)
        ):
            candidate.recipients.append(_storied(claim.recipient))
            candidate.rules.append("recipient: the deal told before")
        if (
            not candidate.suppliers
            and "supplier" not in candidate.shut
            and claim.supplier
            and _agrees(candidate.recipients, claim.recipient)
        ):
            candidate.suppliers.append(_storied(claim.supplier))
            candidate.rules.append("supplier: the deal told before")
        if candidate.suppliers and candidate.recipients:
            return


def _from_sole_supplier(candidate: Candidate, earlier: list[Claim]) -> None:
    """Read "Weapons will also be sold to Jordan": where one state alone supplies in the story, it is that one."""
    suppliers = {c.supplier.country: c.supplier for c in earlier if c.supplier}
    if (
        candidate.suppliers
        or "supplier" in candidate.shut
        or len(suppliers) != 1
        or candidate.frame.name not in _SELLING
    ):
        return
    (party,) = suppliers.values()
    if (
        candidate.recipients
        and party.country not in {p.party.country for p in candidate.recipients}
        and not any(m.maker for m in candidate.items)
    ):
        candidate.suppliers.append(_storied(party))
        candidate.rules.append("supplier: the only one in the story")


def _from_sole_recipient(candidate: Candidate, earlier: list[Claim]) -> None:
    """Read "Britain is also considering providing arms": where one party alone receives in the story, to that one."""
    recipients = {c.recipient.country: c.recipient for c in earlier if c.recipient and c.recipient.country}
    named = [p for p in candidate.suppliers if p.how in {"name", "modifier", "reference"} and p.party.country]
    if candidate.recipients or "recipient" in candidate.shut or len(recipients) != 1 or not named:
        return
    (party,) = recipients.values()
    if party.country not in {p.party.country for p in named} and candidate.frame.roles.get("to") == "recipient":
        candidate.recipients.append(_storied(party))
        candidate.rules.append("recipient: the only one in the story")


def _storied(party: Party) -> PartyReading:
    return PartyReading(Party(party.country, party.organisation, party.text, None), "story", -1)


def _agrees(found: list[PartyReading], party: Party | None) -> bool:
    """One side must be the same; with neither side named the deal told last is meant."""
    return not found or (party is not None and found[0].party.country == party.country)


def _compatible(candidate: Candidate, claim: Claim) -> bool:
    mine = arms_kinds((*(m.item for m in candidate.items), *candidate.told))
    theirs = arms_kinds(claim.items)
    return bool(mine & theirs) or bool(mine & _ANY_KIND)


def _from_home(story: Story, candidate: Candidate, standing: Standing) -> None:
    """Read "Arms sales to Riyadh" in an American paper are American, unless a third state sells in that story."""
    home = story.reading.home
    if (
        candidate.suppliers
        or "supplier" in candidate.shut
        or not candidate.recipients
        or candidate.frame.name not in _OWN_STATE
        or standing.status is Status.USED
    ):
        return
    if home not in story.reading.lexicon.transfer.exporters[:5] or any(m.maker for m in candidate.items):
        return
    if home in {p.party.country for p in candidate.recipients} or not story.weight[home]:
        return
    candidate.suppliers.append(
        PartyReading(Party(home, None, story.reading.lexicon.country_labels.get(home, home), None), "story", -1)
    )
    candidate.rules.append("supplier: the outlet's own state")
