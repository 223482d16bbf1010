"""Takes the artefact that a fleet file names."""

from __future__ import annotations

from pathlib import Path

from pilotlight.spec import AdapterSpec, ModelSpec
from pilotlight_cdk.model_artifact import ModelArtifact


def artifact_of(spec: ModelSpec | AdapterSpec, root: Path) -> ModelArtifact | None:
    """Give the artefact of a model, or of an adapter; None when the image brings it along.

    Args:
        spec: what the fleet file says.
        root: what a relative `source` directory is relative to.
    """
    if spec.source is None:
        return None
    if spec.source.startswith("s3://"):
        return ModelArtifact.from_uri(spec.source)
    return ModelArtifact.from_directory(root / spec.source)
