"""Knows where AWS keeps JumpStart's models, and which images of theirs serve large language models."""

from __future__ import annotations

from typing import Final

from pilotlight.catalog.evidence import documented
from pilotlight.catalog.regions import partition_of

SDK: Final = documented("sagemaker-core 2.27.0: jumpstart/region_config.json, constants.py, utils.py")
"""Where the names below come from; the buckets are so named in each of its 46 regions."""

MANIFEST_KEY: Final = "models_manifest.json"
"""Lists every version of every open-weights model, with the key of its specification."""

HOME_REGION: Final = "us-east-1"
"""Whose catalogue is read when no region is asked for, as generative-ai-cdk-constructs does."""

SUBMIT_DIRECTORY: Final = "SAGEMAKER_SUBMIT_DIRECTORY"
"""A variable that is left out where the artefact holds the code, as generative-ai-cdk-constructs does."""

GPU_LLM_REPOSITORIES: Final = frozenset(
    {"djl-inference", "huggingface-pytorch-tgi-inference", "huggingface-sglang", "huggingface-vllm"}
)
"""Repositories of the images that load a large language model onto GPUs."""


def content_bucket(region: str) -> str:
    """Name the bucket with the manifest, the licences and the artefacts that anyone may read."""
    return f"jumpstart-cache-prod-{region}"


def gated_bucket(region: str) -> str:
    """Name the bucket with the artefacts whose licence has to be accepted."""
    return f"jumpstart-private-cache-prod-{region}"


def licence_url(key: str, region: str) -> str:
    """Give the address where a browser reads a licence. Raises LookupError for an unknown region."""
    return f"https://{content_bucket(region)}.s3.{region}.{partition_of(region).dns_suffix}/{key}"
