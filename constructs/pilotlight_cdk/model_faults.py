"""Refuses models that AWS would refuse, or whose secrets everybody could read."""

from __future__ import annotations

import json
from collections.abc import Iterator

from aws_cdk import Stack, Token
from constructs import Construct

from pilotlight.spec import FleetRefused, ModelSpec, Refusal
from pilotlight.spec.plain_secret import NOT_SHOWN, plain_secrets
from pilotlight_cdk.bound_image import BoundImage


def refuse_model(scope: Construct, spec: ModelSpec, image: BoundImage, *, has_network: bool) -> None:
    """Raise FleetRefused with everything that is wrong with the parts of a model together."""
    faults = (
        *_of_the_package(spec, image),
        *_of_the_network(spec, image, has_network),
        *_secrets(scope, spec),
    )
    if faults:
        where = scope.node.path
        raise FleetRefused(
            tuple(
                Refusal("", None, f"{where}.{key}", what, got, allowed, hint)
                for key, what, got, allowed, hint in faults
            )
        )


Fault = tuple[str, str, str, str, str]
"""Key, what, got, allowed, hint."""


def _of_the_package(spec: ModelSpec, image: BoundImage) -> Iterator[Fault]:
    if image.model_package is None:
        return
    if spec.source is not None:
        yield "artifact", "a model package brings its own artefact", "an artifact", "none beside it", ""
    if spec.environment or spec.secrets:
        got = ", ".join((*spec.environment, *spec.secrets))
        yield "environment", "a model package has its own variables", got, "no environment", ""


def _of_the_network(spec: ModelSpec, image: BoundImage, has_network: bool) -> Iterator[Fault]:
    if image.through_vpc and not has_network:
        yield "vpc", "the registry is reached through a VPC", "none", "a VPC with a way to the registry", ""
    if spec.secrets and spec.network_isolation:
        what = "a container without a network cannot ask Secrets Manager"
        yield "secrets", what, ", ".join(spec.secrets), "no secrets", "network_isolation=False"


def _secrets(scope: Construct, spec: ModelSpec) -> Iterator[Fault]:
    written = {name: _as_written(scope, value) for name, value in spec.environment.items()}
    for fault in plain_secrets(written):
        said = fault.context or {}
        key = ".".join(("environment", *said["at"]))
        yield key, said["what"], NOT_SHOWN, said["allowed"], said["hint"]


def _as_written(scope: Construct, value: str) -> str:
    """Give a value as the template will have it: a reference to a secret is text by then."""
    return json.dumps(Stack.of(scope).resolve(value)) if Token.is_unresolved(value) else value
