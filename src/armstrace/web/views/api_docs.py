"""The OpenAPI document as its page shows it: operations by group, with what each takes and gives, then the shapes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

Json = Mapping[str, Any]

_SHAPES: Final = "#/components/schemas/"
_LIMITS: Final = (
    ("minimum", "at least {}"),
    ("maximum", "at most {}"),
    ("maxLength", "at most {} characters"),
    ("maxItems", "at most {} entries"),
    ("pattern", "matches {}"),
)
_METHODS: Final = ("get", "post", "put", "patch", "delete")


class Words(NamedTuple):
    """Some words; ``is_code`` where they are to be typed as they are, ``is_strong`` where they lead a paragraph."""

    text: str
    is_code: bool = False
    is_strong: bool = False


class Link(NamedTuple):
    """A part of a type: words, and the shape that they name, if one."""

    text: str
    shape: str = ""


class Row(NamedTuple):
    """A parameter, or a key of a shape: name, where it stands, type, limits, what it means."""

    name: str
    place: str
    type: tuple[Link, ...]
    limits: str
    words: tuple[Words, ...]


class Answer(NamedTuple):
    """What may be answered: status, what it means, of which types."""

    status: str
    words: tuple[Words, ...]
    types: tuple[tuple[str, tuple[Link, ...]], ...]


class Operation(NamedTuple):
    """A method on a path."""

    id: str
    method: str
    path: str
    summary: str
    paragraphs: tuple[tuple[Words, ...], ...]
    parameters: tuple[Row, ...]
    bodies: tuple[tuple[str, tuple[Link, ...]], ...]
    answers: tuple[Answer, ...]
    example: str


class Group(NamedTuple):
    """Operations on one kind of resource."""

    id: str
    name: str
    words: tuple[Words, ...]
    operations: tuple[Operation, ...]


class ShapeView(NamedTuple):
    """A shape with its keys; or the words of a closed list."""

    name: str
    words: tuple[Words, ...]
    rows: tuple[Row, ...]
    choices: tuple[str, ...]


class ApiView(NamedTuple):
    """All that the page shows."""

    title: str
    paragraphs: tuple[tuple[Words, ...], ...]
    groups: tuple[Group, ...]
    shapes: tuple[ShapeView, ...]


def view_api(document: Json) -> ApiView:
    """Return what the page of an OpenAPI document shows."""
    operations = [
        (operation["tags"][0], _operation(path, method, operation))
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if method in _METHODS
    ]
    return ApiView(
        title=f"{document['info']['title']} {document['info']['version']}",
        paragraphs=paragraphs(document["info"]["description"]),
        groups=tuple(
            Group(
                tag["name"].lower().replace(" ", "-"),
                tag["name"],
                marked(tag["description"]),
                tuple(one for name, one in operations if name == tag["name"]),
            )
            for tag in document["tags"]
        ),
        shapes=tuple(_shape(name, schema) for name, schema in document["components"]["schemas"].items()),
    )


def paragraphs(text: str) -> tuple[tuple[Words, ...], ...]:
    """Return text as paragraphs, which blank lines part."""
    return tuple(marked(" ".join(part.split())) for part in text.split("\n\n") if part.strip())


def marked(text: str) -> tuple[Words, ...]:
    """Return text taken apart at `code` and **strong words**."""
    return tuple(
        Words(piece, is_code=bool(number % 2), is_strong=bool(place % 2 and not number % 2))
        for place, part in enumerate(text.split("**"))
        for number, piece in enumerate(part.split("`"))
        if piece
    )


def type_words(schema: Json) -> tuple[Link, ...]:
    """Return the type of a schema in words, with the shapes that it names."""
    if "$ref" in schema:
        name = str(schema["$ref"]).removeprefix(_SHAPES)
        return (Link(name, name),)
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            return tuple(_joined([type_words(one) for one in schema[key]], " or "))
    return _plain_type(schema)


def _plain_type(schema: Json) -> tuple[Link, ...]:
    if "enum" in schema:
        return (Link(" | ".join(map(str, schema["enum"]))),)
    if "const" in schema:
        return (Link(str(schema["const"])),)
    kind = schema.get("type")
    if kind == "array":
        return (Link("list of "), *type_words(schema.get("items", {})))
    if kind == "object" and isinstance(schema.get("additionalProperties"), Mapping):
        return (Link("object of "), *type_words(schema["additionalProperties"]))
    return (Link(str(schema.get("format") or kind or "any JSON")),)


def _joined(parts: Sequence[tuple[Link, ...]], between: str) -> Iterator[Link]:
    for number, part in enumerate(parts):
        if number:
            yield Link(between)
        yield from part


def _operation(path: str, method: str, operation: Json) -> Operation:
    content = operation.get("requestBody", {}).get("content", {})
    samples = operation.get("x-codeSamples", ())
    return Operation(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        paragraphs=paragraphs(operation.get("description", "")),
        parameters=tuple(_parameter(one) for one in operation.get("parameters", ())),
        bodies=tuple((kind, type_words(one["schema"])) for kind, one in content.items()),
        answers=tuple(
            Answer(
                status,
                marked(one["description"]),
                tuple((kind, type_words(body.get("schema", {}))) for kind, body in one.get("content", {}).items()),
            )
            for status, one in sorted(operation["responses"].items())
        ),
        example=next((one["source"] for one in samples), ""),
    )


def _parameter(one: Json) -> Row:
    schema = _told_at_all(one.get("schema", {}))
    place = one["in"] + (", needed" if one.get("required") else "")
    return Row(one["name"], place, type_words(schema), _limits(schema), marked(one.get("description") or _told(schema)))


def _told_at_all(schema: Json) -> Json:
    """Return the schema of a parameter that is given: in an address nothing is null."""
    given = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    return {**schema, "anyOf": given} if given else schema


def _shape(name: str, schema: Json) -> ShapeView:
    needed = schema.get("required", ())
    rows = tuple(
        Row(key, "" if key in needed else "may be left out", type_words(inner), _limits(inner), marked(_told(inner)))
        for key, inner in schema.get("properties", {}).items()
    )
    return ShapeView(name, marked(" ".join(_told(schema).split())), rows, tuple(map(str, schema.get("enum", ()))))


def _told(schema: Json) -> str:
    return str(schema.get("description", ""))


def _limits(schema: Json) -> str:
    """Return the limits of a value in words, and what it is where it is left out."""
    inner = [schema, *schema.get("anyOf", ())]
    told = [words.format(one[key]) for one in inner for key, words in _LIMITS if key in one]
    default = schema.get("default")
    return "; ".join([*told, *([f"else {default}"] if default not in (None, [], {}, "") else [])])
