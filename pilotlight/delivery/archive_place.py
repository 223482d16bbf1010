"""Looks whether an archive may be written where it shall be: it takes the place of what is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pilotlight.spec.refusal import Refusal
from pilotlight.spec.triton_description import DescriptionRefused
from pilotlight.spec.triton_model import TritonModelSpec


def refuse_place(target: Path, file: Path, model: TritonModelSpec) -> None:
    """Raise DescriptionRefused when the archive would take the place of a device, or of its own sources.

    Args:
        target: the archive.
        file: the description.
        model: what it says.
    """
    if not target.name or (target.exists() and not target.is_file()):
        raise _refused(target, "not a file")
    place = target.resolve()
    if any(place == source or place.is_relative_to(source) for source in _sources(file, model)):
        raise _refused(target, "the model is made of it, or of all in its folder")


def _sources(file: Path, model: TritonModelSpec) -> Iterator[Path]:
    yield file.resolve()
    for step in model.steps.values():
        yield from ((file.parent / source).resolve() for source in step.files.values())


def _refused(target: Path, what: str) -> DescriptionRefused:
    return DescriptionRefused(
        (Refusal(str(target), None, "", what, allowed="another place for the archive"),)
    )
