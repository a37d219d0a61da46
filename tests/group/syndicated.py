"""Invented stories, and what desks make of them, as sentences by number."""

from __future__ import annotations

from armstrace.document import Document, Fact, Metadata

BARGE = (
    "Customs officers at Velmar have found nine crates of mortar fuses under a load of onions on a river "
    "barge, the port "
    "captain said on Tuesday.",
    "The barge, the Lida, was on its way from the factory town of Ostrel to a buyer in Kassia whose name "
    "had been scratched "
    "off the papers.",
    "A dog that belongs to the lock keeper would not stop barking at the third hatch.",
    "“He is a lazy animal, and so I believed him,” the keeper, Anton Breza, said.",
    "The fuses lay in sawdust and were wrapped in pages of a school atlas.",
    "Kassia has been under an embargo of the regional council since the spring, when its army crossed the marshes.",
    "The master of the barge told the officers that he had been paid in advance and in coffee.",
    "Ostrel's factory makes lamps, its director said, and has made nothing else since the flood.",
    "The onions were given to the hospital.",
    "A court in Velmar will decide on Friday whether the barge may leave.",
)
# The same, as another reporter would tell it who was not on the quay.
AFRESH = (
    "Velmar has stopped a vessel with military goods for Kassia, the interior ministry said on Tuesday.",
    "It counted nine boxes of fuses for mortars on board the Lida.",
    "The ministry's spokeswoman, Irena Tolk, said that two men were being questioned and that a third had swum ashore.",
    "Neighbours of Kassia agreed in April to sell it no weapons.",
    "An envoy of Kassia called the report a fairy tale and left the room by a side door.",
    "The state railway said last month that it had turned back a wagon of detonators at the same border.",
    "Prices for fuses have doubled on the black market since then, according to a dealer who trades in them.",
)
# Rewritten by a desk: every sentence from BARGE, hardly a phrase of it.
REWRITTEN = (
    "A lazy dog has foiled a smuggling run of mortar fuses to Kassia.",
    "The lock keeper's animal barked and barked at the third hatch of the onion barge Lida until customs "
    "officers at Velmar "
    "looked beneath the load.",
    "They found nine crates of fuses in sawdust, wrapped in pages torn from a school atlas.",
    "'I believed him,' said the keeper, Anton Breza.",
    "The master said he had been paid in coffee, and in advance.",
    "The factory at Ostrel says it makes lamps and nothing else since the flood.",
    "The hospital got the onions.",
)
FERRY = (
    "A ferry of the northern line ran aground on a sandbank near Holm early on Sunday with a choir aboard.",
    "Nobody was hurt, and the singers gave a concert on the upper deck while they waited for the tide.",
    "The ferry's pilot had swerved to miss a raft of logs that had come loose from a sawmill.",
    "Tugs pulled her free after seven hours, and the harbour office has begun an inquiry into the lights.",
    "“We knew forty songs and we sang them all twice,” the conductor, Maud Ilsen, said.",
)
STANDING = (
    "The northern line was founded by a widow of Holm in 1884, carries two million passengers each year "
    "between nineteen "
    "islands, and has been owned by its own sailors since the strike of 1931."
)


def document(name, sentences, *, outlet=None, day="2011-05-03", agency=None):
    """Return a document of sentences."""
    text = "\n".join(sentences)
    facts = (Fact("wire", agency, None),) if agency else ()
    return Document(name, text, text, Metadata(outlet=outlet, published=day), facts=facts)
