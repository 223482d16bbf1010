"""Secrets of a model, refused when its container reads none."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, ValidationInfo

from pilotlight.catalog.model_layouts import runs_code
from pilotlight.spec.model_secrets import ModelSecrets, secret_variables
from pilotlight.spec.refusing import refused


def _that_somebody_reads(value: dict[str, str], info: ValidationInfo) -> dict[str, str]:
    if not value:
        return value
    given, got = info.data, ", ".join(value)
    if given.get("network_isolation") is True:
        what, hint = "a container without a network cannot ask Secrets Manager", "network_isolation: false"
        raise refused(what, got=got, allowed="no secrets", hint=hint)
    framework = given.get("framework")
    brings_files = given.get("jumpstart") is not None or given.get("model_package") is not None
    if brings_files or (framework is not None and not runs_code(framework)):
        hint = "copy the weights to S3 and name them as source, or build an image of your own that reads it"
        raise refused("nothing in this image reads a secret", got=got, allowed="no secrets", hint=hint)
    clash = sorted({*value, *secret_variables(value)} & {*given.get("environment", {})})
    if clash:
        what = "a variable that is a secret too"
        raise refused(what, got=", ".join(clash), allowed="each variable once", at=("..", "environment"))
    return value


ReadSecrets = Annotated[ModelSecrets, AfterValidator(_that_somebody_reads)]
"""Those of a model; the fields before them say its image, its network and its other variables."""
