"""Tells the emulated ECR that an image is there, so that the next deployment does not build it again."""

from __future__ import annotations

import json

import boto3

MEDIA_TYPE = "application/vnd.docker.distribution.manifest.v2+json"


def push(name: str) -> None:
    """Put `<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>` where the environment points.

    The manifest names the image and nothing else: there are no layers.
    """
    registry, _, image = name.partition("/")
    repository, _, tag = image.rpartition(":")
    manifest = json.dumps({"schemaVersion": 2, "mediaType": MEDIA_TYPE, "layers": [], "name": name})
    boto3.client("ecr", region_name=registry.split(".")[3]).put_image(
        repositoryName=repository, imageManifest=manifest, imageTag=tag
    )
