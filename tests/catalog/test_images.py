"""Images: the URIs that the SageMaker SDK gives, looked up instead of computed."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest

from pilotlight.catalog import images
from pilotlight.catalog.images import (
    UnknownFramework,
    UnknownVersion,
    WrongProcessor,
    WrongRegion,
    framework_image,
    framework_processors,
    framework_versions,
    frameworks,
)
from pilotlight.catalog.regions import partition_of, regions

DATA = json.loads(files("pilotlight.catalog").joinpath("data/images.json").read_text())
URI = r"[0-9]{12}\.dkr\.ecr\.[a-z0-9-]+\.[a-z0-9.-]+/[a-z0-9-]+:[A-Za-z0-9_.-]+"
INSTANCE_TYPE = {
    "cpu": "ml.m5.large",
    "gpu": "ml.g5.xlarge",
    "arm64": "ml.c7g.large",
    "neuron": "ml.inf1.xlarge",
    "neuronx": "ml.inf2.xlarge",
}
IMAGES = [
    (framework, version, processor)
    for framework in frameworks()
    for version in framework_versions(framework)
    for processor in framework_processors(framework, version)
]


@pytest.mark.parametrize(
    ("framework", "version", "region", "instance_type", "uri"),
    [
        (
            "scikit-learn",
            "1.4-2",
            "us-east-1",
            "ml.m5.large",
            "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.4-2-cpu-py3",
        ),
        (
            "scikit-learn",
            "1.4-2",
            "cn-north-1",
            "ml.m5.large",
            "450853457545.dkr.ecr.cn-north-1.amazonaws.com.cn/sagemaker-scikit-learn:1.4-2-cpu-py3",
        ),
        (
            "scikit-learn",
            "1.0-1",
            "us-east-1",
            "ml.c7g.large",
            "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.0-1-arm64-cpu-py3",
        ),
        (
            "huggingface-tgi",
            "3.3.6",
            "us-east-1",
            "ml.g5.12xlarge",
            "763104351884.dkr.ecr.us-east-1.amazonaws.com/huggingface-pytorch-tgi-inference"
            ":2.7.0-tgi3.3.6-gpu-py311-cu124-ubuntu22.04",
        ),
        (
            "djl-lmi",
            "0.36.0",
            "af-south-1",
            "ml.g5.xlarge",
            "626614931356.dkr.ecr.af-south-1.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130",
        ),
        (
            "triton",
            "26.05",
            "us-east-1",
            "ml.g4dn.xlarge",
            "763104351884.dkr.ecr.us-east-1.amazonaws.com/sagemaker-tritonserver:26.05-py3",
        ),
        (
            "triton",
            "26.05",
            "us-east-1",
            "ml.m5.large",
            "763104351884.dkr.ecr.us-east-1.amazonaws.com/sagemaker-tritonserver:26.05-py3-cpu",
        ),
        (
            "huggingface-pytorch",
            "2.6.0-transformers5.5.3",
            "us-east-1",
            "ml.m5.large",
            "763104351884.dkr.ecr.us-east-1.amazonaws.com/huggingface-pytorch-inference"
            ":2.6.0-transformers5.5.3-cpu-py312-ubuntu22.04",
        ),
        (
            "mxnet",
            "1.9",
            "eu-west-1",
            "ml.g4dn.xlarge",
            "763104351884.dkr.ecr.eu-west-1.amazonaws.com/mxnet-inference:1.9.0-gpu-py38",
        ),
        (
            "vllm",
            "0.30",
            "us-east-1",
            "ml.g6.xlarge",
            "763104351884.dkr.ecr.us-east-1.amazonaws.com/vllm:0.30.0-gpu-py312-cu130-ubuntu24.04-sagemaker",
        ),
        (
            "huggingface-sglang",
            "0.5.8",
            "us-east-1",
            "ml.g6.xlarge",
            "763104351884.dkr.ecr.us-east-1.amazonaws.com/huggingface-sglang"
            ":0.5.8-transformers4.57.3-gpu-py312-cu129-ubuntu24.04",
        ),
        (
            "lmi",
            "0.29.0",
            "us-west-2",
            "ml.inf2.xlarge",
            "763104351884.dkr.ecr.us-west-2.amazonaws.com/djl-inference:0.29.0-neuronx-sdk2.19.1",
        ),
        (
            "huggingface",
            "2.8-transformers4.55",
            "us-east-1",
            "ml.trn1.2xlarge",
            "763104351884.dkr.ecr.us-east-1.amazonaws.com/huggingface-pytorch-inference-neuronx"
            ":2.8.0-transformers4.55.4-neuronx-py310-sdk2.26.0-ubuntu22.04",
        ),
        (
            "huggingface-tei",
            "1.8.2",
            "us-east-1",
            "ml.m5.large",
            "683313688378.dkr.ecr.us-east-1.amazonaws.com/tei-cpu:2.0.1-tei1.8.2-cpu-py310-ubuntu22.04",
        ),
    ],
    ids=lambda value: value if len(value) < 24 else "",
)
def test_an_image_has_the_uri_that_the_sdk_gives(
    framework: str, version: str, region: str, instance_type: str, uri: str
) -> None:
    """Account, DNS suffix, repository and tag are those of sagemaker-core 2.27.0."""
    assert uri == framework_image(framework, version, region, instance_type)


def test_a_short_version_means_its_newest_full_one() -> None:
    """`2.6` is 2.6.0, so that what is deployed does not move."""
    full = framework_image("pytorch", "2.6.0", "us-east-1", "ml.m5.large")

    assert full == framework_image("pytorch", "2.6", "us-east-1", "ml.m5.large")


@pytest.mark.parametrize(("theirs", "ours"), sorted(images.ALIASES.items()))
def test_the_names_of_the_sdk_are_understood(theirs: str, ours: str) -> None:
    """Who comes from the SDK need not learn other names."""
    assert framework_versions(ours) == framework_versions(theirs)


@pytest.mark.parametrize("region", regions())
def test_every_image_has_a_uri_or_a_refusal_in_every_region(region: str) -> None:
    """Each framework, version and processor: a well-formed URI of an account known there, or not there."""
    accounts = {known[region] for known in DATA["registries"].values() if region in known}
    for framework, version, processor in IMAGES:
        registry, _ = DATA["frameworks"][framework]["versions"][version][processor]
        if region not in DATA["registries"][str(registry)]:
            with pytest.raises(WrongRegion):
                framework_image(framework, version, region, INSTANCE_TYPE[processor])
            continue
        uri = framework_image(framework, version, region, INSTANCE_TYPE[processor])
        assert re.fullmatch(URI, uri), uri
        assert uri.partition(".")[0] in accounts
        assert uri.partition("/")[0].endswith(f"ecr.{region}.{partition_of(region).dns_suffix}")


@pytest.mark.parametrize("framework", frameworks())
def test_an_alias_is_the_version_that_it_stands_for(framework: str) -> None:
    """Every short version gives the processors of a full one, and is not one itself."""
    for short, full in DATA["frameworks"][framework]["aliases"].items():
        assert framework_processors(framework, full) == framework_processors(framework, short)
        assert short not in framework_versions(framework)


def test_every_region_of_the_data_exists() -> None:
    """The SDK and botocore agree on what a region is."""
    assert {region for accounts in DATA["registries"].values() for region in accounts} <= set(regions())


def test_no_version_moves() -> None:
    """`latest` would deploy something else after a refresh of the data."""
    assert not [name for name in frameworks() if "latest" in DATA["frameworks"][name]["aliases"]]


def test_fails_when_the_framework_is_unknown() -> None:
    """The refusal lists the frameworks."""
    with pytest.raises(UnknownFramework) as refused:
        framework_image("sklern", "1.4-2", "us-east-1", "ml.m5.large")

    assert frameworks() == refused.value.allowed


def test_fails_when_the_version_is_unknown() -> None:
    """The refusal lists the versions."""
    with pytest.raises(UnknownVersion) as refused:
        framework_image("scikit-learn", "1.4", "us-east-1", "ml.m5.large")

    assert "1.4-2" in refused.value.allowed


def test_fails_when_the_image_is_not_built_for_the_processor() -> None:
    """Scikit-learn has no image for GPUs."""
    with pytest.raises(WrongProcessor, match="no image for gpu instances"):
        framework_image("scikit-learn", "1.4-2", "us-east-1", "ml.g5.xlarge")


def test_fails_when_the_image_is_not_in_the_region() -> None:
    """Older Triton images are in fewer regions."""
    with pytest.raises(WrongRegion) as refused:
        framework_image("triton", "24.09", "ap-east-2", "ml.m5.large")

    assert "us-east-1" in refused.value.allowed
