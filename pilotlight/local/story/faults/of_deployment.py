"""Faults of what is deployed."""

from __future__ import annotations

import dataclasses

from pilotlight.local.story.scene import Scene


def refused_fleet(scene: Scene) -> None:
    """The fleet file asks for an instance type that does not exist."""
    file = scene.aws.home.root / "refused.yaml"
    file.write_text(scene.changed_fleet.read_text().replace("ml.m5.large", "ml.m5.tiny"))
    scene.starter.app = dataclasses.replace(scene.starter.app, fleet=file)


def broken_artefact(scene: Scene) -> None:
    """The model's artefact is no archive."""
    for artefact in scene.starter.app.assembly.glob("asset.*.tar.gz"):
        artefact.write_bytes(b"no archive")


def edited_fleet(scene: Scene) -> None:
    """Somebody edits the fleet file between two deploys."""
    scene.starter.app = dataclasses.replace(scene.starter.app, fleet=scene.changed_fleet)
    scene.starter.app.synth()


def no_change(scene: Scene) -> None:
    """The changed fleet file says what the first one said."""
    lines = scene.changed_fleet.read_text().splitlines()
    scene.changed_fleet.write_text("\n".join(line for line in lines if "max_concurrent" not in line) + "\n")
