"""The formats of exports, as the API gives them."""

from __future__ import annotations

from armstrace.web.api.shapes.base import Shape


class FormatVariant(Shape):
    """What a format is written as where something is asked of it."""

    set: str
    """What is asked: the value of the parameter `set`."""
    suffix: str
    """Of the file, with its dot."""
    media_type: str
    """As the answer bears it."""
    holds: str
    """What is in it."""


class ExportFormat(Shape):
    """A format that the register can be had in."""

    format: str
    """Its name."""
    suffix: str
    """Of the file, with its dot."""
    media_type: str
    """As the answer bears it."""
    holds: str
    """What is in it."""
    options: list[str]
    """Names of what can be asked of it by `set`."""
    must: list[str]
    """Those without which it cannot be written."""
    variants: list[FormatVariant]
    """What it is written as where more than the content follows from that."""


class Formats(Shape):
    """All formats."""

    formats: list[ExportFormat]
    """A row a format."""
