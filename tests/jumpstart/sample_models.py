"""A few models in the format of the wheel, and the wheel around them."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
import zlib
from pathlib import Path
from typing import Any

TGI = "huggingface-pytorch-tgi-inference:2.0.1-tgi1.1.0-gpu-py39-cu118-ubuntu20.04"
CLASSIC = "huggingface-pytorch-inference:2.0.0-transformers4.28.1-cpu-py310-ubuntu20.04"
PACKAGE_ARN = "arn:aws:sagemaker:us-east-1:865070037744:model-package/tiny"
EULA = "fmhMetadata/eula/tinyEula.txt"
LICENCE = f"https://jumpstart-cache-prod-us-east-1.s3.us-east-1.amazonaws.com/{EULA}"


def _images(alias: str, image: str, *regions: str) -> list[dict[str, Any]]:
    return [
        {"region": region, "aliases": {alias: f"763104351884.dkr.ecr.{region}.amazonaws.com/{image}"}}
        for region in regions
    ]


def _cpu(version: str, key: str, instance_type: str, *regions: str) -> dict[str, Any]:
    return {
        "modelId": "tiny-cpu",
        "version": version,
        "defaultInstanceType": instance_type,
        "instanceTypes": [instance_type],
        "artifactKey": key,
        "environment": {"SAGEMAKER_PROGRAM": "inference.py"},
        "instanceAliases": _images("cpu_ecr_uri_1", CLASSIC, *regions),
        "instanceVariants": [{"instanceType": "m5", "imageUri": "$cpu_ecr_uri_1"}],
    }


LLM: dict[str, Any] = {
    "modelId": "tiny-llm",
    "version": "1.0.0",
    "defaultInstanceType": "ml.g5.12xlarge",
    "instanceTypes": ["ml.g5.48xlarge", "ml.g5.12xlarge"],
    "prepackedArtifactKey": "tiny/llm/inference-prepack/v1.0.0/",
    "artifactKey": "tiny/llm/inference/v1.0.0/",
    "environment": {
        "SAGEMAKER_SUBMIT_DIRECTORY": "/opt/ml/model/code",
        "ENDPOINT_SERVER_TIMEOUT": 3600,
        "SM_NUM_GPUS": "4",
        "HF_MODEL_ID": "",
    },
    "instanceAliases": [
        *_images("gpu_ecr_uri_1", TGI, "us-west-2", "us-east-1", "eu-west-1"),
        {"region": "eu-central-2", "aliases": {}},
    ],
    "instanceVariants": [
        {
            "instanceType": "g5",
            "imageUri": "$gpu_ecr_uri_1",
            "environment": {"FAMILY": "g5", "SM_NUM_GPUS": 1},
        },
        {"instanceType": "ml.g5.48xlarge", "environment": {"SM_NUM_GPUS": 8}},
        {"instanceType": "p9", "imageUri": "$unused"},
    ],
}
GATED = LLM | {"modelId": "tiny-gated", "gatedBucket": True, "requiresEula": EULA}
PACKAGE: dict[str, Any] = {
    "modelId": "tiny-package",
    "version": "2.0.0",
    "defaultInstanceType": "ml.g5.2xlarge",
    "instanceTypes": ["ml.g5.2xlarge"],
    "modelPackageArns": {"us-east-1": PACKAGE_ARN},
    "environment": {"IGNORED": "1"},
    "requiresEula": EULA,
}
WITHOUT_IMAGE = {
    key: value for key, value in (LLM | {"version": "1.1.0"}).items() if key != "instanceAliases"
}
MODELS = (
    _cpu("1.9.0", "tiny/infer-tiny.tar.gz", "ml.m5.large", "us-east-1", "cn-north-1", "ca-west-1"),
    _cpu("1.10.0", "tiny/v2/infer-tiny.tar.gz", "ml.m5.xlarge", "us-east-1", "cn-north-1"),
    LLM,
    WITHOUT_IMAGE,
    GATED,
    PACKAGE,
)


def sample_wheel(path: Path, models: tuple[dict[str, Any], ...] = MODELS) -> Path:
    """Write a wheel as jsii builds it: a tarball inside, and in there the deflated data, byte by byte."""
    entries = {f"{each['modelId']}_{each['version']}".upper(): each for each in models}
    squeezer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    squeezed = squeezer.compress(json.dumps(entries).encode()) + squeezer.flush()
    buffer = json.dumps({"type": "Buffer", "data": [*squeezed]}).encode()
    return wheel_with(path, {"package/lib/private/jumpstart-models.json": buffer})


def wheel_with(path: Path, package: dict[str, bytes]) -> Path:
    """Write a wheel around the files of an npm package."""
    tarball = io.BytesIO()
    with tarfile.open(fileobj=tarball, mode="w:gz") as archive:
        for name, body in package.items():
            info = tarfile.TarInfo(name)
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
    files = {
        "tiny/_jsii/tiny@0.0.1.jsii.tgz": tarball.getvalue(),
        "tiny-0.0.1.dist-info/METADATA": b"Name: tiny.constructs\nVersion: 0.0.1\n\ntext",
    }
    with zipfile.ZipFile(path, "w") as wheel:
        for name, body in files.items():
            wheel.writestr(zipfile.ZipInfo(name, (2026, 9, 1, 12, 0, 0)), body)
    return path
