"""Shards and parts in stores: one in memory, and S3's own protocol over loopback."""

from __future__ import annotations

import pytest
import s3fs
from fsspec.implementations.memory import MemoryFileSystem
from made_shards import contents, rows_in, run, write_archive
from moto.server import ThreadedMotoServer

from armstrace.batch.places import open_folder, shown
from armstrace.errors import InputError, MissingPartError, SettingsError

KEY, SECRET = "AKIAINVENTED", "verysecretindeed"


@pytest.fixture
def archive(tmp_path):
    (tmp_path / "in").mkdir()
    return write_archive(tmp_path / "in")


@pytest.fixture
def whole(archive, tmp_path):
    run(archive, tmp_path / "whole")
    return contents(tmp_path / "whole")


def alike(found, whole):
    """Tell whether two outputs are the same but for how shards are told apart, which each store does in its own way."""
    assert {name: data for name, data in found.items() if name != "batch.json"} == {
        name: data for name, data in whole.items() if name != "batch.json"
    }


@pytest.fixture
def memory():
    store = MemoryFileSystem()
    yield store
    store.store.clear()
    store.pseudo_dirs[:] = [""]


def test_a_store_in_memory(archive, whole, memory, tmp_path):
    memory.put(str(archive), "/in", recursive=True)
    run("memory://in", "memory://out")
    memory.get("/out", str(tmp_path / "back"), recursive=True)
    alike(contents(tmp_path / "back"), whole)
    assert contents(tmp_path / "back")["batch.json"] == whole["batch.json"]
    run("memory://in/*.jsonl", tmp_path / "some")
    assert {row["shard"] for row in rows_in(tmp_path / "some", "documents")} == {"a.jsonl"}


def test_what_a_store_lacks_is_told(memory):  # noqa: ARG001
    with pytest.raises(InputError, match="memory://nowhere: no file is there; check the path"):
        run("memory://nowhere", "memory://out")
    with pytest.raises(SettingsError, match="no store has the scheme nonsense://"):
        run("nonsense://x", "memory://out")
    with pytest.raises(MissingPartError, match="pip install 'fsspec, and its package for gs://'"):
        open_folder("gs://bucket/x")


@pytest.fixture
def bucket(monkeypatch):
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    store = s3fs.S3FileSystem(skip_instance_cache=True)
    store.mkdir("news")
    yield store
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


def test_s3(archive, whole, bucket, tmp_path):
    bucket.put(str(archive), "news/in", recursive=True)
    run("s3://news/in", "s3://news/out")
    bucket.get("news/out", str(tmp_path / "back"), recursive=True)
    alike(contents(tmp_path / "back"), whole)
    told = []
    run("s3://news/in", "s3://news/out", tell=told.append)
    assert told == []
    ended = run(
        "s3://news/in",
        "s3://news/new",
        tell=lambda _: bucket.pipe("news/in/a.jsonl", b'{"text": "Boats were sold."}\n'),
    )
    assert list(ended.unfinished) == ["a.jsonl"]
    assert "was changed while it was read" in ended.unfinished["a.jsonl"]
    with pytest.raises(SettingsError, match=r"a\.jsonl has changed since"):
        run("s3://news/in", "s3://news/out")
    with pytest.raises(InputError, match="no file is there; check the path") as failed:
        run("s3://no_such_bucket_here/in", "s3://news/other")
    assert SECRET not in str(failed.value)


def test_a_password_in_a_path_is_refused_before_a_store_sees_it(tmp_path):
    with pytest.raises(SettingsError, match="s3://bucket/in: a password has no place in a path") as failed:
        run(f"s3://{KEY}:{SECRET}@bucket/in", tmp_path / "out")
    assert SECRET not in str(failed.value)
    assert SECRET not in shown(f"it failed at s3://{KEY}:{SECRET}@bucket/in")


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("s3://AKIA:secret@bucket/x", "s3://bucket/x"),
        ("failed at https://u:p%40@host/x?X-Amz-Signature=abc&b=c today", "failed at https://host/x?& today"),
        ("/plain/path@home", "/plain/path@home"),
        ("s3://bucket/mail@home", "s3://bucket/mail@home"),
    ],
)
def test_no_secret_is_shown(address, safe):
    assert shown(address) == safe
