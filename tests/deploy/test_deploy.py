"""What a team is served by: image, composition and units are well-formed, hold no secret, and stand as they must."""

from __future__ import annotations

import configparser
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

import armstrace

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SERVICES = ["armstrace-serve.service", "armstrace-watch.service"]
UNITS = [*SERVICES, "armstrace-watch.timer"]
PROGRAM = "/opt/armstrace/bin/armstrace"
MOST_EXPOSED = 2.0  # of 10, as `systemd-analyze security` weighs it
# What must stand in both services, whatever else changes.
HARDENED = {
    "User": "armstrace",
    "UMask": "0077",
    "StateDirectory": "armstrace",
    "StateDirectoryMode": "0700",
    "CapabilityBoundingSet": "",
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "ProtectKernelModules": "yes",
    "ProtectKernelTunables": "yes",
    "ProtectControlGroups": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "RestrictAddressFamilies": "AF_UNIX AF_INET AF_INET6",
    "RestrictNamespaces": "yes",
    "RestrictSUIDSGID": "yes",
    "LockPersonality": "yes",
    "SystemCallArchitectures": "native",
}
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
OURS = ["serve", "watch"]
REMEDIES = {"systemd-analyze": "Debian: apt install systemd"}


def tool(name):
    """Return a program that checks; its absence is a failure for whoever checks everything, else a skip."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        message = f"{name} is not installed; {REMEDIES.get(name, 'pip install armstrace[deploy-check]')}"
        if "deploy" in os.environ.get("ARMSTRACE_TESTS_NEED", "").split(","):
            pytest.fail(message)
        pytest.skip(message)
    return found


def ended_well(*command, cwd=DEPLOY):
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False, cwd=cwd)
    assert (done.returncode, done.stdout.replace("ok -- validation done\n", "") + done.stderr) == (0, "")


def pinned(path):
    """Return what a file of requirements pins: name, version and hashes."""
    text = path.read_text("utf-8").replace("\\\n", " ")
    rows = [line.split() for line in text.splitlines() if "==" in line]
    return {(row[0], frozenset(part for part in row if part.startswith("--hash="))) for row in rows}


def directives(name):
    """Return the directives of a service; of one that is given several times the last."""
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(DEPLOY / name, "utf-8")
    return dict(parser["Service"])


def test_the_image_passes_its_linter():
    ended_well(tool("hadolint"), "--failure-threshold", "info", "Containerfile")


def test_the_composition_is_of_its_schema():
    ended_well(tool("check-jsonschema"), "--builtin-schema", "vendor.compose-spec", "compose.yaml")


def test_compose_itself_takes_the_composition(tmp_path):
    docker = shutil.which("docker")
    if not docker or subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode:
        pytest.skip("there is no `docker compose` here; the schema is checked all the same")
    shutil.copytree(DEPLOY, tmp_path / "deploy")
    (tmp_path / "deploy" / "secrets").mkdir()
    (tmp_path / "deploy" / "secrets" / "database_password").write_text("made by the test")
    shutil.copy(DEPLOY / "feeds.example.yml", tmp_path / "deploy" / "feeds.yml")
    ended_well("docker", "compose", "-f", "compose.yaml", "config", "-q", cwd=tmp_path / "deploy")


@pytest.mark.parametrize("name", UNITS)
def test_systemd_takes_the_unit(name, tmp_path):
    analyze = tool("systemd-analyze")
    for unit in UNITS:
        text = (DEPLOY / unit).read_text("utf-8")
        (tmp_path / unit).write_text(text.replace(PROGRAM, shutil.which("true")), "utf-8")
    ended_well(analyze, "verify", "--man=no", tmp_path / name)


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_service_may_do_is_bounded(name):
    found = directives(name)
    assert {key: found.get(key) for key in HARDENED} == HARDENED
    assert found["ExecStart"].startswith(f"{PROGRAM} ")


@pytest.mark.parametrize("name", SERVICES)
def test_systemd_finds_a_service_little_exposed(name):
    done = subprocess.run(
        [tool("systemd-analyze"), "security", "--offline=yes", "--no-pager", DEPLOY / name],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    weighed = re.search(r"Overall exposure level for \S+: ([0-9.]+)", done.stdout)
    assert weighed, done.stderr
    assert float(weighed[1]) <= MOST_EXPOSED


def test_the_verbs_that_are_started_take_what_they_are_given():
    from click import Command, Context  # noqa: PLC0415

    from armstrace.cli.serve import serve  # noqa: PLC0415
    from armstrace.cli.watch import watch  # noqa: PLC0415

    lines = [COMPOSE["services"][name]["command"] for name in OURS]
    lines += [directives(name)["ExecStart"].split()[1:] for name in SERVICES]
    lines.append(
        json.loads(re.search(r"^CMD (\[.*\])$", (DEPLOY / "Containerfile").read_text("utf-8"), re.MULTILINE)[1])
    )
    verbs: dict[str, Command] = {"serve": serve, "watch": watch}
    for verb, *arguments in lines:
        given = [str(DEPLOY / "feeds.example.yml") if "feeds.yml" in one else one for one in arguments]
        verbs[verb].parse_args(Context(verbs[verb]), given)


def test_the_example_of_sources_can_be_read():
    from armstrace.fetch.feeds_file import read_feeds_file  # noqa: PLC0415

    assert read_feeds_file(DEPLOY / "feeds.example.yml")


@pytest.mark.parametrize("name", OURS)
def test_our_containers_may_do_little(name):
    one = COMPOSE["services"][name]
    assert (one["read_only"], one["cap_drop"], one["security_opt"]) == (True, ["ALL"], ["no-new-privileges:true"])
    assert one["depends_on"]["database"]["condition"] == "service_healthy"
    assert one["image"] == f"armstrace:{armstrace.__version__}"


def test_nothing_is_reached_from_outside_but_by_a_proxy():
    ports = [port for one in COMPOSE["services"].values() for port in one.get("ports", ())]
    assert ports == ["127.0.0.1:8477:8477"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert COMPOSE["services"]["database"]["networks"] == ["inside"]


def test_no_secret_stands_anywhere():
    for path in DEPLOY.rglob("*"):
        if path.is_file() and not path.name.startswith("requirements"):
            text = path.read_text("utf-8")
            assert not re.search(r"postgresql://[^\s:@]+:[^\s@]+@", text), path
            assert not re.search(r"(?im)^[ \w-]*(password|secret|token)[ ]*[:=][ ]*[^/\s\[.{]", text), path
    assert COMPOSE["secrets"] == {"database_password": {"file": "./secrets/database_password"}}
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert {"deploy/secrets/", "deploy/feeds.yml"} <= set(ignored)


def test_what_is_installed_is_what_is_tested():
    whole = pinned(ROOT / "requirements.txt")
    deployed = pinned(DEPLOY / "requirements.txt")
    assert deployed
    assert deployed <= whole
    assert pinned(DEPLOY / "requirements-build.txt") <= whole
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [one for name in ("oidc", "parquet", "postgres") for one in project["optional-dependencies"][name]]
    needed = {re.split(r"[<>=\[;]", one)[0].strip() for one in (*project["dependencies"], *extras)}
    assert needed <= {row[0].partition("==")[0].partition("[")[0] for row in deployed}
