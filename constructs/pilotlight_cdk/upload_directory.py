"""Uploads a model directory with the app's other assets, under the hash of its content."""

from __future__ import annotations

import os
from pathlib import Path

from aws_cdk import FileAssetLocation, FileAssetPackaging, Stack, Stage
from constructs import Construct

from pilotlight_cdk.pack_directory import pack_directory


def upload_directory(scope: Construct, directory: Path) -> FileAssetLocation:
    """Pack a directory into the cloud assembly, from where the CDK CLI uploads it.

    The key ends in `.tar.gz`, as SageMaker demands; the CDK's own assets keep only `.gz`.
    Raises FleetRefused when the directory cannot be packed.
    """
    stage = Stage.of(scope)
    if stage is None:
        raise ValueError("a model needs an app, got a construct tree without one")
    outdir = Path(stage.asset_outdir)
    packed = outdir / f"{scope.node.addr}.tar.gz"
    digest = pack_directory(directory, packed)
    archive = packed.replace(outdir / f"asset.{digest}.tar.gz")
    return Stack.of(scope).synthesizer.add_file_asset(
        source_hash=f"{digest}.tar",
        file_name=os.path.relpath(archive, stage.outdir),
        packaging=FileAssetPackaging.FILE,
        display_name=f"{scope.node.path}/model.tar.gz",
    )
