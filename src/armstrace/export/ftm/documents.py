"""Documents as entities: an article where an outlet published it, else a document."""

from __future__ import annotations

from dataclasses import asdict
from typing import Final

from armstrace.export.ftm.entity import (
    Entity,
    Value,
    address_value,
    date_value,
    entity_id,
    label_value,
    line_values,
    make_entity,
)
from armstrace.export.ftm.sightings import sighting_of
from armstrace.export.record import Cited

_MOMENT: Final = 19  # characters of an ISO moment without fraction and zone
_MEDIA_TYPES: Final = {
    "text": "text/plain",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "mail": "message/rfc822",
}
# ISO 639-1 to the codes of ISO 639-3 that FollowTheMoney knows (4.11): others it drops.
LANGUAGES: Final = dict(
    pair.split(":")
    for pair in (
        "af:afr am:amh ar:ara az:aze be:bel bg:bul bn:ben bs:bos ca:cat cs:ces da:dan de:deu el:ell en:eng es:spa "
        "et:est fa:fas fi:fin fr:fra ga:gle he:heb hi:hin hr:hrv hu:hun hy:hye id:ind is:isl it:ita ja:jpn ka:kat "
        "kk:kaz km:khm kn:kan ko:kor ky:kir lb:ltz lo:lao lt:lit lv:lav mk:mkd mn:mon ms:msa mt:mlt my:mya ne:nep "
        "nl:nld no:nor pl:pol ps:pus pt:por ro:ron ru:rus si:sin sk:slk sl:slv sq:sqi sr:srp sv:swe sw:swa ta:tam "
        "te:tel tg:tgk th:tha tk:tuk tl:tgl tr:tur uk:ukr ur:urd uz:uzb vi:vie zh:zho"
    ).split()
)


def document_id(document: str) -> str:
    """Return the id of a document's entity."""
    return entity_id("document", document)


def language_of(cited: Cited | None) -> str | None:
    """Return the language of a document as FollowTheMoney names it."""
    return LANGUAGES.get(cited.language or "") if cited else None


def document_entity(cited: Cited) -> Entity:
    """Return a document's entity; its SHA-256 stands in a line, as the property for a hash takes SHA-1."""
    lang = language_of(cited)
    row = asdict(cited)
    values = [
        *label_value("fileName", f"{cited.id}.{cited.format}"),
        *label_value("title", cited.title, lang),
        *label_value("publisher", cited.outlet),
        *label_value("author", cited.byline),
        *date_value("publishedAt", cited.published),
        *date_value("retrievedAt", cited.captured[:_MOMENT] if cited.captured else None),
        *address_value("sourceUrl", cited.url),
        *((Value("language", lang),) if lang else ()),
        *((Value("mimeType", _MEDIA_TYPES[cited.format]),) if cited.format in _MEDIA_TYPES else ()),
        *line_values("notes", row),
    ]
    schema = "Article" if cited.outlet else "Document"
    return make_entity(document_id(cited.id), schema, values, sighting_of(cited))


def unknown_document(document: str) -> Entity:
    """Return the entity of a document of which no more than its id is at hand."""
    return make_entity(document_id(document), "Document", label_value("fileName", document))
