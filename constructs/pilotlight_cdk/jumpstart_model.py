"""A model of SageMaker JumpStart, as a lock file pins it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from constructs import Construct

from pilotlight.spec import FleetRefused, JumpStartLock, ModelSpec, Refusal, build, load_lock
from pilotlight.spec.jumpstart_command import LOCK_FILE
from pilotlight.spec.jumpstart_keywords import JumpStartKeywords
from pilotlight.spec.jumpstart_resolve import locked_container, resolved_model, with_load_timeouts
from pilotlight.spec.refusal import shown
from pilotlight_cdk.construct_path import ConstructPath
from pilotlight_cdk.literal import literal
from pilotlight_cdk.literal_region import literal_region
from pilotlight_cdk.model import NO_ENVIRONMENT, Model, S
from pilotlight_cdk.model_artifact import ModelArtifact
from pilotlight_cdk.model_image import ModelImage


class JumpStartModel(Model):
    """Takes image, artefact and environment of a JumpStart model from a lock file; synth asks no network.

    `pilotlight jumpstart lock MODEL_ID` writes the file. An endpoint that hosts the model is also given the
    time that loading it takes, unless it has limits of its own.

    Args:
        model_id: as `huggingface-llm-falcon-40b-instruct-bf16`.
        lock: the lock file, or what was read from it. A relative path is looked for in the working directory.
        instance_type: where the model will run; it decides about image, artefact and environment.
        environment: variables beside or instead of the model's own. Default: those of the lock.
        network_isolation: the container has no network, not even to AWS. Default: True.
        accept_eula: you accept the licence of the model; one that has a licence is refused without, with
            the link to it. Default: False.
        role: assumed by SageMaker; gets the same permissions added. Default: a role of its own.
        vpc: where the container lives; see `Model`. Default: SageMaker's own network.
        vpc_subnets: which subnets of the VPC. Default: the private ones.
        security_groups: of the container. Default: in a VPC, one of its own.
        allow_all_outbound: whether the security group of its own lets everything out. Default: True.

    Attributes:
        model_id: as given.
        locked: what the lock says of the model.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        model_id: str,
        lock: JumpStartLock | Path | str,
        instance_type: str,
        environment: Mapping[str, str] = NO_ENVIRONMENT,
        network_isolation: bool = True,
        accept_eula: bool = False,
        role: iam.IRole | None = None,
        vpc: ec2.IVpc | None = None,
        vpc_subnets: ec2.SubnetSelection | None = None,
        security_groups: Sequence[ec2.ISecurityGroup] | None = None,
        allow_all_outbound: bool = True,
    ) -> None:
        where = ConstructPath(scope, id)
        said = build(
            JumpStartKeywords,
            where,
            model_id=model_id,
            instance_type=instance_type,
            environment=literal(environment),
            network_isolation=network_isolation,
            accept_eula=accept_eula,
        )
        read, file = _read(where, lock)
        with _blaming(where):
            container = locked_container(
                read,
                model_id,
                region=literal_region(scope, where, "model_id"),
                instance_type=instance_type,
                accepted=accept_eula,
                variables=said.environment,
                file=file,
            )
        chosen = ModelSpec(jumpstart=model_id, environment=said.environment, accept_eula=accept_eula)
        spec = resolved_model(chosen, container)
        super().__init__(
            scope,
            id,
            image=_image_of(spec),
            artifact=None if spec.source is None else ModelArtifact.from_uri(spec.source),
            environment=spec.environment,
            network_isolation=network_isolation,
            accept_eula=spec.accept_eula,
            role=role,
            vpc=vpc,
            vpc_subnets=vpc_subnets,
            security_groups=security_groups,
            allow_all_outbound=allow_all_outbound,
        )
        self.model_id, self.locked = model_id, read.models[model_id]

    def with_time_to_load(self, endpoint: S) -> S:
        """Give an endpoint's spec the limits of the lock, where it has none of its own."""
        return with_load_timeouts(endpoint, self.locked.timeouts)


def _read(where: object, lock: object) -> tuple[JumpStartLock, Path | str]:
    """Give a lock, and its file for the commands in refusals."""
    match lock:
        case JumpStartLock():
            return lock, LOCK_FILE
        case Path() | str():
            return load_lock(Path(lock)), lock
        case _:
            allowed = "the path of a lock file, or what `load_lock` gives"
            raise FleetRefused((Refusal("", None, f"{where}.lock", "not a lock", shown(str(lock)), allowed),))


def _image_of(spec: ModelSpec) -> ModelImage:
    if spec.model_package is not None:
        return ModelImage.from_model_package(spec.model_package)
    return ModelImage.from_uri(str(spec.image))


@contextmanager
def _blaming(where: object) -> Iterator[None]:
    """Name the keyword of the construct in refusals of the lock."""
    try:
        yield
    except FleetRefused as refused:
        placed = (replace(each, path=f"{where}.{each.path or 'model_id'}") for each in refused.refusals)
        raise FleetRefused(tuple(placed)) from None
