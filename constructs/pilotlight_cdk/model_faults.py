"""Refuses models that AWS would refuse, or whose secrets everybody could read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from aws_cdk import Stack, Token
from constructs import Construct

from pilotlight.spec import FleetRefused, ModelSpec, Refusal, build
from pilotlight.spec.known_variables import KnownVariables
from pilotlight.spec.plain_secret import NOT_SHOWN, plain_secrets
from pilotlight.spec.source import is_local
from pilotlight_cdk.bound_image import BoundImage
from pilotlight_cdk.construct_path import ConstructPath
from pilotlight_cdk.literal import may_be_token


def refuse_model(scope: Construct, spec: ModelSpec, image: BoundImage, *, has_network: bool) -> None:
    """Raise FleetRefused with everything that is wrong with the parts of a model together."""
    where = ConstructPath(scope)
    faults = (
        *_of_the_package(spec, image),
        *_of_the_network(spec, image, has_network),
        *_secrets(scope, spec),
    )
    refusals = (
        *_of_what_is_known(where, spec),
        *(
            Refusal("", None, f"{where}.{key}", what, got, allowed, hint)
            for key, what, got, allowed, hint in faults
        ),
    )
    if refusals:
        raise FleetRefused(refusals)


LATER: Final = "known-later"
"""Stands for the id of a secret that CloudFormation will know."""

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


def _of_what_is_known(where: object, spec: ModelSpec) -> tuple[Refusal, ...]:
    known = {name: "" if _is_reference(value) else value for name, value in spec.environment.items()}
    secrets = {name: LATER if _is_reference(each) else each for name, each in spec.secrets.items()}
    image = {"framework": spec.framework, "model_package": spec.model_package}
    artifact = None if spec.source is None or is_local(spec.source) else spec.source
    try:
        build(KnownVariables, where, artifact=artifact, environment=known, secrets=secrets, **image)
    except FleetRefused as refused:
        return refused.refusals
    return ()


def _secrets(scope: Construct, spec: ModelSpec) -> Iterator[Fault]:
    texts = {name: value for name, value in spec.environment.items() if isinstance(value, str)}
    for fault in plain_secrets({name: _as_written(scope, value) for name, value in texts.items()}):
        said = fault.context or {}
        key = ".".join(("environment", *said["at"]))
        yield key, said["what"], NOT_SHOWN, said["allowed"], said["hint"]


def _as_written(scope: Construct, value: str) -> str:
    """Give a value as the template will have it: a reference to a secret is text by then."""
    return json.dumps(Stack.of(scope).resolve(value)) if _is_reference(value) else value


def _is_reference(value: object) -> bool:
    return isinstance(value, str) and may_be_token(value) and Token.is_unresolved(value)
