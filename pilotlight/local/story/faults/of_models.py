"""Faults of published models."""

from __future__ import annotations

from pilotlight.catalog import foundation, naming
from pilotlight.local.story.scene import Scene


def models_without_endpoint(scene: Scene) -> None:
    """The endpoint of autocomplete is deleted, so its models do not answer."""
    scene.client("sagemaker").delete_endpoint(EndpointName=scene.showcase.endpoint("autocomplete"))


def model_unreadable(scene: Scene) -> None:
    """Somebody publishes what is no model."""
    bucket = scene.shared(scene.showcase, foundation.DATA_BUCKET_NAME)
    prefix = naming.models_prefix("embeddings")
    s3 = scene.client("s3")
    s3.put_object(Bucket=bucket, Key=f"{prefix}broken.sample.json", Body=b'{"body": "x"}')
    s3.put_object(Bucket=bucket, Key=f"{prefix}broken.tar.gz", Body=b"no archive")
