"""Writes where the files of a container are in CloudFormation's words."""

from __future__ import annotations

from typing import Any

from aws_cdk.aws_sagemaker import CfnModel

from pilotlight.spec import FleetRefused, Refusal
from pilotlight_cdk.model_artifact import BoundArtifact


def files_of(where: object, artifact: BoundArtifact | None, *, accept_eula: bool) -> dict[str, Any]:
    """Give the property of a container that says where its files are.

    Raises FleetRefused, about the container at `where`, when a licence of nothing is accepted.
    """
    if artifact is not None and artifact.is_prefix:
        return {"model_data_source": _prefix_source(artifact.uri, accept_eula=accept_eula)}
    if accept_eula:
        what = "only a model whose artifact is a prefix has a licence to accept"
        raise FleetRefused((Refusal("", None, f"{where}.accept_eula", what),))
    return {} if artifact is None else {"model_data_url": artifact.uri}


def _prefix_source(uri: str, *, accept_eula: bool) -> CfnModel.ModelDataSourceProperty:
    access = CfnModel.ModelAccessConfigProperty(accept_eula=True) if accept_eula else None
    return CfnModel.ModelDataSourceProperty(
        s3_data_source=CfnModel.S3DataSourceProperty(
            s3_uri=uri,
            s3_data_type="S3Prefix",
            compression_type="None",
            model_access_config=access,
        )
    )
