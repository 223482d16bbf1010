"""Sets the scene of the story and has it told."""

from __future__ import annotations

import os
from pathlib import Path

from pilotlight.local import server_process
from pilotlight.local.deploy import CdkApp
from pilotlight.local.home import Home
from pilotlight.local.local_aws import LocalAws
from pilotlight.local.refusal import LocalRefused
from pilotlight.spec import load_fleet

from .faults import FAULTS
from .faults.fault import Fault
from .listener import Listener
from .report import write_report
from .scene import DeployedFleet, Scene
from .step import Told
from .steps import STEPS
from .steps.change import CONCURRENCY
from .telling import Narrator, tell

STARTER = Path("fleet.yaml")
SHOWCASE = Path("fleets/showcase.yaml")


def tell_story(
    checkout: Path, home: Path, time_scale: float, narrator: Narrator, fault: str | None = None
) -> tuple[Told, ...]:
    """Start an embedded AWS in `home`, tell the story of the checkout's two fleets, end everything.

    Args:
        checkout: the folder of `cdk.json` and the fleet files.
        home: the state folder; what an earlier story left there is removed.
        time_scale: seconds of SageMaker time that pass in one second.
        narrator: is told as it goes.
        fault: test only, a name in `faults.FAULTS`. Default: none.

    Raises:
        LocalRefused: this is no checkout of Pilotlight, or no embedded AWS can start in `home`.
    """
    chosen = _fault(fault)
    missing = [str(name) for name in (Path("cdk.json"), STARTER, SHOWCASE) if not (checkout / name).is_file()]
    if missing:
        msg = f"{checkout} has no {', '.join(missing)} (run this in a checkout of Pilotlight)"
        raise LocalRefused(msg)
    server_process.refuse_unfit(Home(home.resolve()))
    Home(home.resolve()).remove()
    with LocalAws(home, time_scale=time_scale) as aws:
        scene = _scene(checkout, aws)
        report = aws.home.root / "story.json"
        return tell(scene, STEPS, narrator, fault=chosen, keep=lambda told: write_report(report, told))


def _fault(name: str | None) -> Fault | None:
    if name is not None and name not in FAULTS:
        msg = f"no fault called {name} (there are: {', '.join(FAULTS)})"
        raise LocalRefused(msg)
    return None if name is None else FAULTS[name]


def _scene(checkout: Path, aws: LocalAws) -> Scene:
    return Scene(
        aws=aws,
        starter=_fleet(checkout, checkout / STARTER, aws),
        showcase=_fleet(checkout, checkout / SHOWCASE, aws),
        listener=Listener(aws),
        changed_fleet=_changed(checkout, aws.home.root / "fleet-changed.yaml"),
    )


def _fleet(checkout: Path, file: Path, aws: LocalAws) -> DeployedFleet:
    return DeployedFleet(load_fleet(file), CdkApp(checkout, aws, fleet=file))


def _changed(checkout: Path, changed: Path) -> Path:
    """The starter's file with another concurrency; it lies elsewhere, so its relative paths change."""
    way_back = os.path.relpath(checkout, changed.parent)
    text = (checkout / STARTER).read_text().replace("source: examples", f"source: {way_back}/examples")
    lines = text.splitlines(keepends=True)
    (at,) = (number for number, line in enumerate(lines) if line.strip().startswith("instance_type:"))
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    lines.insert(at, f"{indent}max_concurrent_invocations_per_instance: {CONCURRENCY}\n")
    changed.write_text("".join(lines))
    return changed
