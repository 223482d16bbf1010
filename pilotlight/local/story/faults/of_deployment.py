"""Faults of what is deployed."""

from __future__ import annotations

import dataclasses

from pilotlight.local.story.scene import Scene


def refused_fleet(scene: Scene) -> None:
    """The fleet file asks for an instance type that does not exist."""
    _deploy_instead(scene, "ml.m5.large", "ml.m5.tiny")


def always_awake(scene: Scene) -> None:
    """The fleet file asks for one instance at least, so the endpoint never sleeps."""
    _deploy_instead(scene, "min_capacity: 0", "min_capacity: 1")


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
    scene.changed_fleet.write_text(_without_the_change(scene))


def _deploy_instead(scene: Scene, said: str, says: str) -> None:
    """Let the starter's file, and the changed one, say something else."""
    scene.changed_fleet.write_text(scene.changed_fleet.read_text().replace(said, says))
    file = scene.changed_fleet.with_name("fleet-faulty.yaml")
    file.write_text(_without_the_change(scene))
    scene.starter.app = dataclasses.replace(scene.starter.app, fleet=file)


def _without_the_change(scene: Scene) -> str:
    lines = scene.changed_fleet.read_text().splitlines(keepends=True)
    return "".join(line for line in lines if "max_concurrent" not in line)
