"""What `make local` tells: every step is seen, and every step can fail."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pilotlight.local.story.faults import FAULTS
from pilotlight.local.story.steps import STEPS

NAMES = [step.name for step in STEPS]
OFTEN = ("refused-fleet", "no-wake-policy", "no-success-subscription")
"""Faults that every test run tries; `make faults` tries all of them, which takes half an hour."""


@pytest.mark.shows("async", "deploys", "invoked", "wakes")
@pytest.mark.shows("realtime", "deploys", "invoked")
@pytest.mark.shows("multi-model", "deploys", "invoked")
def test_the_story_is_told_to_its_end(pilotlight, tmp_path: Path) -> None:
    """Both fleets are deployed, sleep, wake, answer, survive and go, and each step says what it saw."""
    done = pilotlight("local", "story", "--home", str(tmp_path / "home"))
    steps = json.loads((tmp_path / "home/story.json").read_text())["steps"]

    assert [("ok", name) for name in NAMES] == [(step["status"], step["name"]) for step in steps], done.stdout
    assert all(step["saw"] for step in steps)
    assert 0 == done.returncode


@pytest.mark.exhaustive
@pytest.mark.skipif(shutil.which("setarch") is None, reason="it pretends to be another machine by setarch")
def test_the_story_is_told_where_triton_cannot_run(pilotlight, tmp_path: Path) -> None:
    """On another machine everything else is as before, and the story says what answered instead, and why."""
    home = tmp_path / "home"
    done = pilotlight("local", "story", "--home", str(home), "--time-scale", "240", under=["setarch", "i686"])
    steps = {step["name"]: step for step in json.loads((home / "story.json").read_text())["steps"]}

    assert {"ok"} == {step["status"] for step in steps.values()}, done.stdout
    saw = steps["tenants' models published after the deployment answer"]["saw"]
    assert "0 of them right on the real Triton; stand-ins answer: the real Triton does not run here" in saw
    assert "this is Linux on i686" in saw


def test_every_step_has_a_fault() -> None:
    """A step that nothing can make fail proves nothing."""
    assert set(NAMES) == {fault.breaks for fault in FAULTS.values()}


def _marked(name: str):
    return pytest.param(FAULTS[name], id=name, marks=[] if name in OFTEN else pytest.mark.exhaustive)


@pytest.mark.parametrize("fault", [_marked(name) for name in FAULTS])
def test_a_fault_makes_its_step_and_the_story_fail(fault, pilotlight, tmp_path: Path) -> None:
    """The step fails that the fault is meant for, no earlier one does, and the command says so."""
    home = tmp_path / "home"
    done = pilotlight("local", "story", "--home", str(home), "--time-scale", "240", "--fault", fault.name)
    steps = {step["name"]: step["status"] for step in json.loads((home / "story.json").read_text())["steps"]}
    before = NAMES[: NAMES.index(fault.breaks)]

    assert "failed" == steps[fault.breaks], done.stdout
    assert {"ok"} >= {steps[name] for name in before}
    assert 1 == done.returncode
