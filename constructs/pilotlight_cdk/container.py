"""What runs on an instance: image, files, environment and secrets of one container."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from pilotlight.catalog.framework_environment import PROGRAM_VARIABLE
from pilotlight.spec import ModelSpec, build
from pilotlight.spec.container_keywords import ContainerKeywords
from pilotlight.spec.model_secrets import secret_variables
from pilotlight_cdk.bound_container import BoundContainer
from pilotlight_cdk.construct_path import ConstructPath
from pilotlight_cdk.literal import literal
from pilotlight_cdk.live_references import refuse_plain
from pilotlight_cdk.model_artifact import ModelArtifact
from pilotlight_cdk.model_artifact_of import artifact_of
from pilotlight_cdk.model_files import files_of
from pilotlight_cdk.model_image import ModelImage
from pilotlight_cdk.model_image_of import image_of
from pilotlight_cdk.model_secrets import secret_ids


@dataclass(frozen=True, slots=True)
class Container:
    """One of the containers of a `ContainerModel`; a `Model` has a single one.

    Args:
        image: what serves the model. Among several, it must listen where SAGEMAKER_BIND_TO_PORT says, and
            declare that in the label com.amazonaws.sagemaker.capabilities.accept-bind-to-port=true.
        artifact: the model's files. Default: the image brings them along.
        environment: variables of the container; secrets in them are refused. A framework image with an
            artifact is also told to run the artifact's `code/inference.py`. Default: nothing more.
        secrets: variable → the secret that holds its value, or its name or ARN. The container is given
            `<variable>_SECRET_ID` and may read the secret; it does so itself. Default: none.
        accept_eula: you accept the licence of a gated model, whose artifact is a prefix. Default: False.
    """

    image: ModelImage
    artifact: ModelArtifact | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, secretsmanager.ISecret | str] = field(default_factory=dict)
    accept_eula: bool = False

    @classmethod
    def from_spec(
        cls,
        scope: Construct,
        id: str,
        spec: ModelSpec,
        *,
        instance_type: str | None,
        source_root: Path | None = None,
    ) -> Container:
        """Give what a fleet file says.

        Args:
            scope: parent of what its image takes.
            id: begins the construct ids of that.
            spec: what the fleet file says.
            instance_type: where it will run; decides between the CPU and GPU builds of an image.
            source_root: what a relative directory is relative to. Default: the working directory.
        """
        root = Path() if source_root is None else source_root
        return cls(
            image=image_of(scope, id, spec, instance_type, root),
            artifact=artifact_of(spec, root),
            environment=spec.environment,
            secrets=spec.secrets,
            accept_eula=spec.accept_eula,
        )

    def bind(self, scope: Construct, *, network_isolation: bool) -> BoundContainer:
        """Find the image and make the files available. Raises FleetRefused."""
        where = ConstructPath(scope)
        refuse_plain(where, {"image": self.image, "artifact": self.artifact}, required=("image",))
        self._refuse_wrong_kinds(where, network_isolation=network_isolation)
        image = self.image.bind(scope)
        if (
            self.artifact is not None
            and "framework" in image.spec
            and PROGRAM_VARIABLE not in self.environment
        ):
            self.artifact.refuse_unfit(image.spec["framework"], where)
        artifact = None if self.artifact is None else self.artifact.bind(scope)
        secrets = secret_ids(self.secrets)
        script = {} if artifact is None else image.script_environment
        return BoundContainer(
            scope,
            image,
            permissions=(*image.permissions, *(() if artifact is None else artifact.permissions)),
            secrets=tuple(self.secrets.values()),
            environment={**script, **self.environment, **secret_variables(secrets)},
            files=files_of(where, artifact, accept_eula=self.accept_eula),
            spec=ModelSpec.model_construct(
                **image.spec,
                source=None if artifact is None else artifact.source,
                environment=dict(self.environment),
                secrets=secrets,
                network_isolation=network_isolation,
                accept_eula=self.accept_eula,
            ),
        )

    def _refuse_wrong_kinds(self, where: object, *, network_isolation: bool) -> None:
        build(
            ContainerKeywords,
            where,
            environment=literal(self.environment),
            secrets=_with_names(self.secrets),
            network_isolation=network_isolation,
            accept_eula=self.accept_eula,
        )


def _with_names(secrets: Any) -> Any:
    """Give secrets with some text in place of each that is a construct."""
    if not isinstance(secrets, Mapping):
        return secrets
    return {name: "a secret" if hasattr(each, "secret_arn") else each for name, each in secrets.items()}
