"""Faults of containers and their files."""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile

from pilotlight.local.story.scene import Scene

_NONSENSE = b"""
import json
def model_fn(model_dir): return None
def input_fn(body, content_type): return json.loads(body)
def predict_fn(data, model): return {"predictions": [{"intent": "nonsense", "confidence": 1.0}]}
def output_fn(answer, accept): return json.dumps(answer), "application/json"
"""
_LEFT_S = 60


def nonsense_model(scene: Scene) -> None:
    """The artefact in S3 is replaced by a model that answers nonsense."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:gz") as tar:
        member = tarfile.TarInfo("code/inference.py")
        member.size = len(_NONSENSE)
        tar.addfile(member, io.BytesIO(_NONSENSE))
    _replace_artefact(scene, archive.getvalue())


def model_data_gone(scene: Scene) -> None:
    """The artefact in S3 is no archive any more, so no container can start."""
    _replace_artefact(scene, b"")


def process_left_running(scene: Scene) -> None:
    """A process of the run outlives it, for a minute."""
    command = f"import time; time.sleep({_LEFT_S})"
    subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", command, str(scene.aws.home.root)], start_new_session=True
    )


def _replace_artefact(scene: Scene, body: bytes) -> None:
    endpoint = scene.starter.endpoint(scene.ticket_intent)
    sagemaker = scene.client("sagemaker")
    config = sagemaker.describe_endpoint(EndpointName=endpoint)["EndpointConfigName"]
    variant = sagemaker.describe_endpoint_config(EndpointConfigName=config)["ProductionVariants"][0]
    model = sagemaker.describe_model(ModelName=variant["ModelName"])
    bucket, _, key = model["PrimaryContainer"]["ModelDataUrl"].removeprefix("s3://").partition("/")
    scene.client("s3").put_object(Bucket=bucket, Key=key, Body=body)
