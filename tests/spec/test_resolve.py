"""Resolving: what a fleet abbreviates becomes what will be deployed."""

from __future__ import annotations

from hypothesis import given, settings

from pilotlight.spec import EcrImage, FleetSpec, ModelSpec, resolved
from pilotlight.spec.parts import with_part
from tests.spec.valid_fleets import fleets


def _fleet(model: ModelSpec, **fleet: str) -> FleetSpec:
    return FleetSpec.model_validate(
        {"name": "a", "endpoints": {"b": {"model": model, "instance_type": "ml.m5.large"}}} | fleet
    )


def test_a_framework_becomes_the_image_of_the_region() -> None:
    """The region decides the account of the registry."""
    model = ModelSpec(framework="scikit-learn", version="1.4-2")
    image = resolved(_fleet(model, region="eu-west-1")).endpoints["b"].model

    assert (None, None) == (image.framework, image.version)
    assert "141502667606.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-scikit-learn:1.4-2-cpu-py3" == image.image


def test_a_framework_with_an_artefact_runs_its_script() -> None:
    """AWS's images look for the script where the environment says; what the file sets wins."""
    model = ModelSpec(
        framework="scikit-learn",
        version="1.4-2",
        source="s3://models/a/model.tar.gz",
        environment={"SAGEMAKER_PROGRAM": "serve.py"},
    )
    environment = resolved(_fleet(model)).endpoints["b"].model.environment

    assert {
        "SAGEMAKER_PROGRAM": "serve.py",
        "SAGEMAKER_SUBMIT_DIRECTORY": "/opt/ml/model/code",
    } == environment


def test_an_own_image_becomes_a_uri_when_the_account_is_known() -> None:
    """Repository and tag are short for the registry of the fleet."""
    model = ModelSpec(ecr=EcrImage(repository="team/ocr", tag="1"))
    fleet = resolved(_fleet(model, account="123456789012", region="cn-north-1"))

    assert "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/team/ocr:1" == fleet.endpoints["b"].model.image


def test_an_own_image_stays_as_it_is_while_the_account_is_not_known() -> None:
    """Only the deployment knows the account then."""
    fleet = _fleet(ModelSpec(ecr=EcrImage(repository="team/ocr", tag="1")))

    assert fleet == resolved(fleet)


@settings(max_examples=15, deadline=None)
@given(fleet=fleets())
def test_resolving_twice_changes_nothing(fleet: FleetSpec) -> None:
    """What is resolved is a valid fleet that stands for itself."""
    once = resolved(fleet)

    assert once == resolved(once) == FleetSpec.model_validate(once.model_dump())


@settings(max_examples=15, deadline=None)
@given(fleet=fleets())
def test_only_images_change(fleet: FleetSpec) -> None:
    """Keys, capacities and everything else stay; no framework is left."""
    result = resolved(fleet)

    assert list(fleet.endpoints) == list(result.endpoints)
    for key, endpoint in fleet.endpoints.items():
        changed = result.endpoints[key]
        assert endpoint.with_models(lambda model, _: model) == endpoint
        for before, after in zip(endpoint.hosted, changed.hosted, strict=True):
            assert after.model.framework is None
            changed = with_part(changed, after.path, before.model)
        assert endpoint == changed
