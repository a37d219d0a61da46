"""docs/api.md: every command of the tour is run against a desk over the demo, and answers what stands there."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

TOUR = Path(__file__).parents[3] / "docs" / "api.md"
BLOCKS = re.findall(r"```console\n(.*?)```", TOUR.read_text("utf-8"), re.DOTALL)
STEPS = [step.partition("\n") for block in BLOCKS for step in re.split(r"^\$ ", block, flags=re.MULTILINE) if step]
MISSING = [tool for tool in ("bash", "curl", "jq") if shutil.which(tool) is None]


@pytest.mark.skipif(bool(MISSING), reason=f"{MISSING} not installed")
def test_the_tour_answers_what_it_shows(own):
    shown = {**os.environ, "API": f"{str(own.base_url).rstrip('/')}/api/v1"}
    for command, _, expected in STEPS:
        run = subprocess.run(
            ["bash", "-c", command], capture_output=True, text=True, env=shown, check=True, timeout=120
        )
        assert run.stdout == expected, command
    assert len(STEPS) > 10
