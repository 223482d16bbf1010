"""Decides what runs on this machine in place of a container image."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pilotlight.local.containers.triton_server import CAVEAT

SCRIPT_IMAGES = frozenset({"sagemaker-scikit-learn"})
"""Repositories of the framework images whose script the framework runner runs."""

TRITON_IMAGES = frozenset({"sagemaker-tritonserver"})
"""Repositories of the images that the real Triton runs for."""

OWN_COMMAND = (
    "its own serve command, as a process of this machine: without Docker there is no image around it"
)

OWN_CAVEAT = "it is told to listen on this machine only (LISTEN_ADDRESS); whether it heeds that is its affair"

_GPU_TAG = re.compile(r"(^|-)(gpu|cu\d{2,3})(-|$)")


class Label(StrEnum):
    """What stands behind an answer; shown in status, logs and answers."""

    REAL = "real"
    """The model's own code."""
    STAND_IN = "stand-in"
    """A declared service time, and an answer that says so."""


class Runner(StrEnum):
    """The kind of process that runs for an image."""

    SCRIPT = "script"
    TRITON = "triton"
    STAND_IN = "stand-in"
    COMMAND = "command"


class ImageRefused(ValueError):  # noqa: N818 - it is what a user can put right
    """The image cannot run here, and nothing may pretend that it does."""


@dataclass(frozen=True, slots=True)
class ContainerPlan:
    """What runs for an image, and why that."""

    runner: Runner
    label: Label
    why: str
    command: tuple[str, ...] = ()
    """The `serve` command of an image of one's own."""
    caveat: str = ""
    """What whoever runs this should know; default: nothing."""


def plan_for(image: str | None, commands: Mapping[str, Sequence[str]]) -> ContainerPlan:
    """What runs for `image`.

    commands: the `serve` commands of images of one's own, by image URI.
    Raises ImageRefused when nothing here can run the image.
    """
    if image is None:
        msg = "a container must have an image to run here, got none (model packages are not supported)"
        raise ImageRefused(msg)
    if image in commands:
        return ContainerPlan(Runner.COMMAND, Label.REAL, OWN_COMMAND, tuple(commands[image]), OWN_CAVEAT)
    repository, tag = _parts(image)
    if repository in SCRIPT_IMAGES:
        return ContainerPlan(Runner.SCRIPT, Label.REAL, "the script of its model artefact")
    if repository in TRITON_IMAGES:
        return ContainerPlan(Runner.TRITON, Label.REAL, "the real Triton Inference Server", caveat=CAVEAT)
    if _GPU_TAG.search(tag):
        return ContainerPlan(Runner.STAND_IN, Label.STAND_IN, "the image needs a GPU")
    msg = (
        f"image must be one that can run here, got {image}, "
        f"allowed {', '.join(sorted(SCRIPT_IMAGES | TRITON_IMAGES))}, an image whose tag names a GPU "
        "(as a stand-in), or one with a serve command of its own"
    )
    raise ImageRefused(msg)


def _parts(image: str) -> tuple[str, str]:
    """The repository and the tag: `<registry>/<repository>:<tag>[@<digest>]`."""
    name = image.partition("@")[0].rpartition("/")[2]
    repository, _, tag = name.partition(":")
    return repository, tag
