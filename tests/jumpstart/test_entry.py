"""What of the data ends up in the lock."""

from __future__ import annotations

import pytest

from pilotlight.jumpstart.entry import locked_model
from pilotlight.jumpstart.refused import JumpStartRefused
from pilotlight.spec.jumpstart_model import LockedModel
from tests.jumpstart.sample_models import LICENCE, PACKAGE_ARN, TGI


@pytest.fixture
def lock(data):
    """Lock a version of a sample model."""

    def locked(model_id: str, version: str, *regions: str) -> LockedModel:
        return locked_model(data.facts(model_id, version), regions)

    return locked


def test_the_artefact_with_the_code_inside_is_preferred(lock) -> None:
    """A prepacked artefact needs no script from elsewhere."""
    artifact = lock("tiny-llm", "1.0.0").artifact

    assert ("tiny/llm/inference-prepack/v1.0.0/", False) == (artifact.key, artifact.compressed)


def test_a_tarball_is_compressed(lock) -> None:
    """SageMaker takes a tarball by another property than a prefix."""
    artifact = lock("tiny-cpu", "1.9.0").artifact

    assert ("tiny/infer-tiny.tar.gz", True) == (artifact.key, artifact.compressed)


def test_numbers_in_the_environment_become_text(lock) -> None:
    """CreateModel takes text only; an empty value is a value; the place of the code is left out."""
    environment = lock("tiny-llm", "1.0.0").environment

    assert {"ENDPOINT_SERVER_TIMEOUT": "3600", "SM_NUM_GPUS": "4", "HF_MODEL_ID": ""} == environment


def test_an_instance_type_overrides_its_family(lock) -> None:
    """What is said of ml.g5.48xlarge wins over what is said of g5."""
    on_type = lock("tiny-llm", "1.0.0").instance_types["ml.g5.48xlarge"]

    assert {"FAMILY": "g5", "SM_NUM_GPUS": "8"} == on_type.environment
    assert "gpu_ecr_uri_1" == on_type.image


def test_all_regions_with_an_image_are_locked_by_default(lock) -> None:
    """A region that the data lists without an image is none."""
    regions = lock("tiny-llm", "1.0.0").regions

    assert {"us-east-1", "us-west-2", "eu-west-1"} == regions.keys()
    assert {"gpu_ecr_uri_1": f"763104351884.dkr.ecr.eu-west-1.amazonaws.com/{TGI}"} == regions[
        "eu-west-1"
    ].images
    assert "jumpstart-cache-prod-eu-west-1" == regions["eu-west-1"].bucket


def test_a_gated_model_lies_in_the_private_bucket(lock) -> None:
    """Its licence is recorded with the address where a browser reads it."""
    model = lock("tiny-gated", "1.0.0", "us-west-2")

    assert "jumpstart-private-cache-prod-us-west-2" == model.regions["us-west-2"].bucket
    assert (True, True, LICENCE) == (model.gated, model.eula.required, model.eula.licence)


def test_a_model_package_has_neither_image_nor_environment(lock) -> None:
    """SageMaker refuses an environment beside ModelPackageName."""
    model = lock("tiny-package", "2.0.0")

    assert PACKAGE_ARN == model.regions["us-east-1"].model_package
    assert ({}, None, {}) == (model.environment, model.artifact, model.regions["us-east-1"].images)


def test_the_data_is_named_with_its_date(lock) -> None:
    """A reviewer sees where an entry comes from, and how old it is."""
    source = lock("tiny-cpu", "1.9.0").source

    assert ("tiny.constructs 0.0.1", "2026-09-01") == (source.data, source.date)


def test_fails_when_a_region_has_no_image(lock) -> None:
    """The refusal lists the regions that have one."""
    with pytest.raises(
        JumpStartRefused, match=r"got us-est-1, allowed .*us-east-1.*\(did you mean us-east-1\?\)"
    ):
        lock("tiny-llm", "1.0.0", "us-est-1")
