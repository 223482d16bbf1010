"""What an inference component can hold itself, without a SageMaker model."""

from __future__ import annotations

from typing import Final

from pilotlight.catalog.framework_environment import script_environment
from pilotlight.catalog.inference_components import ENVIRONMENT_ENTRIES, ENVIRONMENT_NAME
from pilotlight.spec.model import ModelSpec
from pilotlight.spec.path import Path
from pilotlight.spec.refusing import refused
from pilotlight.spec.source import ONE_ARCHIVE, is_prefix

CONTAINER_KEYS: Final = frozenset(
    {"framework", "version", "image", "ecr", "build", "source", "environment", "network_isolation"}
)
"""Keys of a model that image, artefact and variables of a component can stand for."""

NEEDS_A_MODEL: Final = "nothing, or deployed_as model"


def refuse_prefix(source: str | None, at: Path = ()) -> None:
    """Raise when files are a prefix: a component takes one gzipped tarball (botocore 1.44.5, ArtifactUrl)."""
    if source is not None and is_prefix(source):
        raise refused("not a tarball", got=source, allowed=ONE_ARCHIVE, at=at)


def refuse_unfit_container(model: ModelSpec, at: Path) -> None:
    """Raise when a component cannot hold what a model says; `at` leads to the model."""
    for key, field in type(model).model_fields.items():
        given = getattr(model, key)
        if key not in CONTAINER_KEYS and given != field.get_default(call_default_factory=True):
            what = f"a component without a model has no {key}"
            raise refused(what, got=str(given), allowed=NEEDS_A_MODEL, at=(*at, key))
    refuse_prefix(model.source, (*at, "source"))
    variables = container_environment(model)
    if short := [name for name in variables if not ENVIRONMENT_NAME.allows(len(name))]:
        what = "a variable with too short a name for a component"
        where = (*at, "environment", short[0])
        raise refused(what, got=short[0], allowed=str(ENVIRONMENT_NAME), at=where)
    count = len(variables)
    if not ENVIRONMENT_ENTRIES.allows(count):
        what, allowed = "too many variables for a component", f"{ENVIRONMENT_ENTRIES}, or deployed_as model"
        raise refused(what, got=str(count), allowed=allowed, at=(*at, "environment"))


def container_environment(model: ModelSpec) -> dict[str, str]:
    """Give the variables of the container, those included that run the script of an artefact."""
    runs_script = model.framework is not None and model.source is not None
    return {**(script_environment(str(model.framework)) if runs_script else {}), **model.environment}
