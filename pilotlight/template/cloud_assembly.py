"""Reads what `cdk synth` wrote: the manifest of a cdk.out directory, its templates, and its files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pilotlight.template.evaluation.stack import Stack
from pilotlight.template.stripped import stripped
from pilotlight.template.template_text import refused, template_text

MANIFEST: Final = "manifest.json"
STACK: Final = "aws:cloudformation:stack"
ASSETS: Final = "cdk:asset-manifest"
NESTED: Final = "cdk:cloud-assembly"

ENVIRONMENT: Final = re.compile(r"aws://(?P<account>[^/]+)/(?P<region>.+)")
"""Where a stack goes; `unknown-account` and `unknown-region` leave it to the deployment."""

MOST_NESTED: Final = 10
"""Assemblies in assemblies: stages of the CDK."""


@dataclass(frozen=True, slots=True)
class CloudAssembly:
    """Stacks that are deployed together.

    Attributes:
        stacks: by name, in the order of the manifest.
        files: what the deployment uploads: the S3 URI → the file or directory on this machine.
    """

    stacks: dict[str, Stack]
    files: dict[str, Path] = field(default_factory=dict)


def cloud_assembly(directory: Path, *, region: str, account: str | None) -> CloudAssembly:
    """Read a cdk.out directory.

    Args:
        directory: has a manifest.json.
        region: of stacks that leave it to the deployment.
        account: of stacks that leave it to the deployment.

    Raises:
        FleetRefused: there is no manifest, or a file of it cannot be read.
    """
    if not (directory / MANIFEST).is_file():
        raise refused(directory, "no cloud assembly", f"a directory with {MANIFEST}, as cdk synth writes it")
    found = CloudAssembly({}, {})
    for artifact in _artifacts(directory):
        if artifact.type == STACK:
            stack = _stack(artifact, region, account)
            found.stacks[stack.name] = stack
        elif artifact.type == ASSETS:
            found.files.update(_files(artifact))
    return found


@dataclass(frozen=True, slots=True)
class _Artifact:
    directory: Path
    name: str
    type: str
    environment: str
    properties: Mapping[str, Any]

    def text(self, key: str) -> dict[str, Any]:
        """Read the file that a property names."""
        return template_text(self.directory / str(self.properties.get(key)))


def _artifacts(directory: Path, deep: int = 0) -> Iterator[_Artifact]:
    for name, written in _mapping(template_text(directory / MANIFEST).get("artifacts")).items():
        artifact = _mapping(written)
        properties, type_ = _mapping(artifact.get("properties")), str(artifact.get("type"))
        if type_ == NESTED and deep < MOST_NESTED:
            yield from _artifacts(directory / str(properties.get("directoryName")), deep + 1)
        else:
            yield _Artifact(directory, name, type_, str(artifact.get("environment")), properties)


def _stack(artifact: _Artifact, region: str, account: str | None) -> Stack:
    where = ENVIRONMENT.fullmatch(artifact.environment)
    at = where.groupdict() if where else {}
    known = {key: value for key, value in at.items() if value != f"unknown-{key}"}
    return Stack(
        name=str(artifact.properties.get("stackName", artifact.name)),
        template=stripped(artifact.text("templateFile")),
        region=known.get("region", region),
        account=known.get("account", account),
        parameters=_mapping(artifact.properties.get("parameters")),
    )


def _files(artifact: _Artifact) -> Iterator[tuple[str, Path]]:
    for asset in _mappings(artifact.text("file").get("files")):
        path = artifact.directory / str(_mapping(asset.get("source")).get("path"))
        for each in _mappings(asset.get("destinations")):
            yield f"s3://{each.get('bucketName')}/{each.get('objectKey')}", path


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(value: Any) -> Iterator[Mapping[str, Any]]:
    return (_mapping(each) for each in _mapping(value).values())
