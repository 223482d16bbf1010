"""Publishes models below the prefix of a multi-model endpoint, with the command that users have."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from pilotlight.catalog import foundation, naming

from .scene import Scene
from .step import StepFailed
from .tenants import TenantModel


def publish(scene: Scene, model: TenantModel) -> None:
    """Package a model, and put it and the sample for its warm-up below the endpoint's prefix."""
    examples = scene.showcase.app.directory / "examples/models" / model.endpoint
    archive = _package(examples / f"{model.name}.yaml", scene.aws.home.root / "packages" / model.endpoint)
    bucket = scene.shared(scene.showcase, foundation.DATA_BUCKET_NAME)
    prefix = naming.models_prefix(model.endpoint)
    sample = {"body": json.loads((examples / "sample.json").read_text())}
    s3 = scene.client("s3")
    body = json.dumps(sample).encode()
    s3.put_object(Bucket=bucket, Key=f"{prefix}{model.name}.sample.json", Body=body)
    s3.put_object(Bucket=bucket, Key=f"{prefix}{model.target}", Body=archive.read_bytes())


def _package(description: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / f"{description.stem}.tar.gz"
    command = [sys.executable, "-m", "pilotlight.cli", "package", str(description), "-o", str(archive)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    if done.returncode != 0:
        msg = f"pilotlight package {description} failed: {done.stdout}{done.stderr}"
        raise StepFailed(msg)
    return archive
