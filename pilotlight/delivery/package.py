"""Packages a Triton model: description and files become the archive of a target model."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pilotlight.catalog.triton_model import BACKENDS, CONFIG_FILE, VERSION
from pilotlight.delivery.archive_place import refuse_place
from pilotlight.delivery.reproducible_archive import Content, content_digest, write_archive
from pilotlight.delivery.step_files import file_faults, step_files
from pilotlight.delivery.triton_config import ensemble_config, step_config
from pilotlight.spec.refusal import Refusal
from pilotlight.spec.triton_description import DescriptionRefused, in_order, read_description
from pilotlight.spec.triton_model import TritonModelSpec
from pilotlight.spec.triton_step import TritonStep

MARK: Final = 12
"""Hexadecimal digits that make the name of a step unlike those of all other archives."""


@dataclass(frozen=True, slots=True)
class Package:
    """What was packaged.

    Attributes:
        target: the archive.
        files: in the archive, folders with a slash at their end.
        folders: the name of each step in the archive.
        sha256: of the archive before compression.
    """

    model: TritonModelSpec
    target: Path
    files: tuple[str, ...]
    folders: dict[str, str]
    sha256: str

    @property
    def only_on_aws(self) -> dict[str, str]:
        """Say why a step cannot run on the Triton of the embedded AWS, by the name of the step."""
        reasons = {name: _why_not_locally(step) for name, step in self.model.steps.items()}
        return {name: reason for name, reason in reasons.items() if reason is not None}


def package(file: Path, target: Path | None = None) -> Package:
    """Package the model that a file describes.

    Args:
        file: the description; what it names lies beside it.
        target: the archive to write. Default: <name>.tar.gz in the current folder.

    Raises:
        DescriptionRefused: with every fault of the description and of the files that it names, or because
            the archive cannot be written.
    """
    model = checked_model(file)
    target = Path(f"{model.name}.tar.gz") if target is None else target
    refuse_place(target, file, model)
    try:
        content, folders = repository(model, file.parent)
        digest = write_archive(content, target)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise DescriptionRefused(
            (Refusal(str(target), None, "", f"cannot be written: {reason}", _culprit(error, file.parent)),)
        ) from None
    names = tuple(name if item is not None else f"{name}/" for name, item in sorted(content.items()))
    return Package(model, target, names, folders, digest)


def checked_model(file: Path) -> TritonModelSpec:
    """Read a description and look at the files that it names. Raises DescriptionRefused."""
    description = read_description(file)
    faults = (fault.refusal(description.document) for fault in file_faults(description.data, file.parent))
    refusals = (*description.refusals, *faults)
    if description.model is None or refusals:
        raise DescriptionRefused(in_order(refusals, file))
    return description.model


def repository(model: TritonModelSpec, folder: Path) -> tuple[dict[str, Content], dict[str, str]]:
    """Lay out the archive of a model that is right: what it contains by name, and the folder of each step.

    The steps of an ensemble are called after the content of the whole archive: SageMaker's Triton renames
    only the ensemble, and refuses two models of one name (see `catalog.triton_model.UNIQUE_NAMES`).
    """
    if not model.is_ensemble:
        alone = dict.fromkeys(model.steps, model.name)
        return _laid_out(model, folder, alone), alone
    plain = _laid_out(model, folder, {name: f"steps/{name}" for name in model.steps})
    mark = content_digest(plain)[:MARK]
    folders = {name: f"{name}-{mark}" for name in model.steps}
    return _laid_out(model, folder, folders), folders


def _culprit(error: OSError, folder: Path) -> str:
    """Name the file of the model that could not be read; empty when it was the archive."""
    culprit = Path(str(error.filename))
    return str(culprit) if culprit.is_relative_to(folder) and culprit.is_file() else ""


def _why_not_locally(step: TritonStep) -> str | None:
    if not BACKENDS[step.backend].runs_locally:
        return f"the local Triton has no {step.backend} backend"
    if any(group.kind == "GPU" for group in step.instance_groups.values()):
        return "the local Triton has no GPU, and an instance group of kind GPU wants one"
    return None


def _laid_out(model: TritonModelSpec, folder: Path, folders: dict[str, str]) -> dict[str, Content]:
    content: dict[str, Content] = {}
    for name, step in model.steps.items():
        config = step_config(folders[name], step, model.max_batch_size)
        content[f"{folders[name]}/{CONFIG_FILE}"] = config.encode()
        for packed in step_files(step.files, folder):
            content[f"{folders[name]}/{VERSION}/{packed.name}"] = packed.source
    if model.is_ensemble:
        content[f"{model.name}/{CONFIG_FILE}"] = ensemble_config(model, folders).encode()
        content[f"{model.name}/{VERSION}"] = None  # Triton wants a version folder even of what has no files
    return content
