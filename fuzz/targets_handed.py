"""Targets: files of lists, logins, grades, tables and bundles that somebody hands over."""

from __future__ import annotations

import hmac
import json
import tempfile
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path

import seeds
from armstrace.errors import ArmstraceError, LoginRefusedError
from armstrace.export.bag_reading import Damaged
from armstrace.export.bagit import manifest_text, read_manifest
from armstrace.export.bundle_check import check_bundle
from armstrace.export.tables.read import read_tables
from armstrace.ingest.metadata import read_metadata
from armstrace.register.reliability import read_reliability
from armstrace.screen.countries import load_country_codes
from armstrace.screen.load import ListFile, read_lists
from armstrace.web.oidc.settings import read_oidc_file
from armstrace.web.oidc.tokens import Expected, read_keys, verify_token
from target import Target, text_of

_SECRET = "an invented secret of some length, for tests only"  # noqa: S105


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="armstrace-fuzz-"))


def _kept(name: str, data: bytes) -> Path:
    path = _folder() / name
    path.write_bytes(data)
    return path


def _oidc_file(data: bytes) -> None:
    read_oidc_file(_kept("oidc.yml", data), {"ARMSTRACE_OIDC_CLIENT_SECRET": _SECRET})


def _metadata(data: bytes) -> None:
    read_metadata(_kept("metadata.jsonl", data))


def _token(data: bytes) -> None:
    """Verify a token whose parts stand in lines (header, claims, keys), signed by the secret where there is one."""
    head, body, *rest = [*data.split(b"\n", 2), b"", b""][:3]
    keys = []
    with suppress(ValueError, RecursionError):
        keys = list(read_keys(json.loads(rest[0])))
    expected = Expected("https://login.example", "desk", "nonce", ("HS256", "RS256", "ES256", "EdDSA"), _SECRET)
    for token in (text_of(data), _signed(head, body)):
        claims = verify_token(token, "an access token", expected, keys, 1_700_000_000)
        assert claims["iss"] == "https://login.example"


def _signed(head: bytes, body: bytes) -> str:
    def part(one: bytes) -> bytes:
        return urlsafe_b64encode(one).rstrip(b"=")

    signed = part(head) + b"." + part(body)
    return (signed + b"." + part(hmac.digest(_SECRET.encode(), signed, "sha256"))).decode()


@cache
def _codes() -> Mapping[str, str]:
    return load_country_codes()


def _list(data: bytes) -> None:
    for found in read_lists([ListFile("list.bin", lambda: BytesIO(data))], _codes()):
        for entry in found.entries:
            assert entry.id
            assert all(name.text.strip() for name in entry.names)
        assert all(fault.reason for fault in found.faults) if found.faults else True


def _bundle(data: bytes) -> None:
    """Check a bundle one of whose files holds these bytes, and a file that is these bytes."""
    name, _, body = data.partition(b"\n")
    files = {**_BUNDLED, (name.decode("latin-1")[:100] or "about.json"): body}
    for packed in (data, seeds.bundle(files)):
        for trouble in check_bundle(_kept("bundle.zip", packed), Counter()):
            assert trouble.what.strip()


def _manifest(data: bytes) -> None:
    told = read_manifest(text_of(data))
    assert read_manifest(manifest_text(told)) == told


def _tables(data: bytes) -> None:
    for _row in read_tables(_kept("tables.zip", data)):
        pass


_BUNDLED = {
    "about.json": b'{"bundle": "armstrace", "shape": 1, "counts": {"lines": 0, "claims": 0, "documents": 0}}',
    "records.jsonl": b"", "claims.jsonl": b"", "judgements.jsonl": b"", "law.json": b'{"measures": []}',
}  # fmt: skip
_YAML = (
    "- ",
    ": ",
    "&a ",
    "*a",
    "<<: *a",
    "!!int ",
    "!!timestamp x",
    "!!bool x",
    "!!float ''",
    "!!binary x",
    "? ",
    "|\n",
    "[",
    "{",
    "0x",
    "~",
)
_JSON = ('{"', '": ', "[", "]", "}", "null", "true", "false", "\\ud800", "\\u0000", "1e400", "-0", "0.1")
_OIDC = b"issuer: https://login.example\nclient_id: desk\nroles:\n  editors: reviewer\nscopes: [openid]\nadds: true\n"
_HEAD = (
    b'{"alg": "HS256"}\n{"iss": "https://login.example", "sub": "a", "aud": "desk", "exp": 1700000100, '
    b'"iat": 1699999990, '
)
_KEYS = (
    b'{"keys": [{"kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": '
    b'"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}'
)


HANDED: tuple[Target, ...] = (
    Target(
        "oidc_file", "web.oidc.settings", _oidc_file, lambda: (_OIDC,), (*_YAML, "issuer: ", "roles: ", "algorithms: ")
    ),
    Target(
        "oidc_token",
        "web.oidc.tokens",
        _token,
        lambda: (_HEAD + b'"nonce": "nonce"}\n' + _KEYS,),
        (*_JSON, '"alg": ', "none", "RS256", '"kid": ', '"crit": ', '"exp": ', '"aud": ', '"at_hash": ', "\n"),
        "only tokens of the issuer",
        errors=(LoginRefusedError,),
    ),
    Target(
        "reliability",
        "register.reliability",
        lambda data: read_reliability(text_of(data), "sources.yml"),
        lambda: (b"- {names: [Morning Ledger], kind: outlet, country: NO, grade: B, why: corrects itself}\n",),
        (*_YAML, "grade: ", "why: "),
    ),
    Target(
        "metadata",
        "ingest.metadata",
        _metadata,
        lambda: (b'{"id": "a", "published": "2024-05-06", "title": "t"}\n',),
        _JSON,
    ),
    Target(
        "sanctions_list",
        "screen.load and its readers",
        _list,
        seeds.sanctions_lists,
        ("<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "<![CDATA[", ",", ";", '"', "\n", "-0-", "</", "/>", "IMO number: "),
        "every entry has an id, every name words",
        longest=8192,
    ),
    Target(
        "bundle",
        "export.bag_reading, bundle_*",
        _bundle,
        lambda: (
            *(name.encode() + b"\n" + body for name, body in _BUNDLED.items()),
            b"documents/a.json\n{}",
            b"claims.jsonl\n{}\n",
            b"certificates/a.json\n{}",
            b"law/a.yml\nx",
            b"evidence/a\nx",
            b'records.jsonl\n{"told": [], "transfer": "a"}\n',
        ),
        (*_JSON, "data/", "../", "%0A", "\n", '"document": ', '"span": ', '"evidence": '),
        "every trouble is told",
        errors=(ArmstraceError, Damaged),
    ),
    Target(
        "manifest",
        "export.bagit",
        _manifest,
        lambda: (b"0" * 64 + b"  data/a%0Ab\n",),
        ("%25", "%0D", "  ", "\n", "\r", "0" * 64),
        "written again and read again it is the same",
        errors=(ValueError,),
    ),
    Target("tables_back", "export.tables.read", _tables, lambda: seeds.archives()[:1], ("PK\x01\x02",)),
)
