"""Is a bundle whole, as it was made, and does it say what its documents say? Checked with the file alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from armstrace.export.bag_reading import Bag, Damaged, Trouble, open_bag
from armstrace.export.bagit import DECLARATION, DECLARED, INFO, MANIFEST, PAYLOAD, TAGS, read_manifest
from armstrace.export.bundle_contents import ABOUT, CONTENTS, Check, read_object
from armstrace.export.bundle_shape import KIND, REQUEST, SHAPE
from armstrace.export.timestamp import timestamp_request

_TAG_FILES: Final = (DECLARATION, INFO, MANIFEST)
_OUTSIDE: Final = frozenset({*_TAG_FILES, TAGS, REQUEST})


def check_bundle(path: Path, counts: Counter[str]) -> Iterator[Trouble]:
    """Yield what is wrong with a bundle, nothing for one that is as it was made; count what was checked.

    The archive comes first, then its hashes, then what it says; each step is made only where the one before found
    nothing, so that what is told is the cause.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        with open_bag(path) as bag:
            for step in _STEPS:
                found = list(step(bag, counts))
                yield from found
                if found:
                    return
    except Damaged as damage:
        yield damage.trouble


def _check_archive(bag: Bag, _counts: Counter[str]) -> Iterator[Trouble]:
    yield from bag.troubles()


def _check_tags(bag: Bag, _counts: Counter[str]) -> Iterator[Trouble]:
    """Yield what is wrong with the bag's own files: these are there, of our version, and as the last manifest says."""
    missing = [name for name in (*_TAG_FILES, TAGS) if name not in bag.names]
    if missing:
        yield from (Trouble(name, "is missing: this is no bundle, or a part of it is lost") for name in missing)
        return
    yield from _check_hashes(bag, TAGS, _TAG_FILES)
    if bag.read(DECLARATION) != DECLARED.encode():
        yield Trouble(DECLARATION, "tells of another version of BagIt than 1.0")
    if REQUEST in bag.names and bag.read(REQUEST) != timestamp_request(bag.sha256(TAGS)):
        yield Trouble(REQUEST, f"is no request for a timestamp of {TAGS}")


def _check_payload(bag: Bag, counts: Counter[str]) -> Iterator[Trouble]:
    """Yield files that are lost, changed or added."""
    payload = [name for name in sorted(bag.names) if name.startswith(PAYLOAD)]
    yield from _check_hashes(bag, MANIFEST, payload)
    # A bag may hold other files; in a bundle there is nothing that no manifest tells of.
    for name in sorted(bag.names - _OUTSIDE - set(payload)):
        yield Trouble(name, "is none of the bundle's files: somebody added it")
    counts["files"] += len(payload)


def _check_hashes(bag: Bag, manifest: str, there: Iterable[str]) -> Iterator[Trouble]:
    try:
        told = read_manifest(bag.read(manifest).decode("utf-8"))
    except ValueError as error:
        raise Damaged(manifest, f"cannot be read as a manifest ({error})") from error
    present = set(there)
    yield from (Trouble(name, f"is missing: {manifest} tells of it") for name in sorted(told.keys() - present))
    yield from (Trouble(name, f"is not in {manifest}: somebody added it") for name in sorted(present - told.keys()))
    for name in sorted(present & told.keys()):
        try:
            is_same = bag.sha256(name) == told[name]
        except Damaged as damage:
            yield damage.trouble
            continue
        if not is_same:
            yield Trouble(name, f"is not what was put in: {manifest} tells of another hash")


def _check_kind(bag: Bag, _counts: Counter[str]) -> Iterator[Trouble]:
    """Yield a trouble where a bag is sound but none of ours, or of a shape that this version does not know."""
    about = read_object(bag, ABOUT)
    if about.get("bundle") != KIND:
        yield Trouble(ABOUT, "does not say that this is a bundle of armstrace")
    elif about.get("shape") != SHAPE:
        yield Trouble(
            ABOUT, f"is of shape {about.get('shape')!r}, and this version knows {SHAPE}; take a newer armstrace"
        )


def _check_contents(bag: Bag, counts: Counter[str]) -> Iterator[Trouble]:
    for check in CONTENTS:
        yield from check(bag, counts)


_STEPS: Final[tuple[Check, ...]] = (_check_archive, _check_tags, _check_payload, _check_kind, _check_contents)
