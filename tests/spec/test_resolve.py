"""Resolving: what a fleet abbreviates becomes what will be deployed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given

from pilotlight.spec import (
    AsyncSpec,
    EcrImage,
    FleetSpec,
    ModelSpec,
    NetworkSpec,
    resolved,
    warm_up_bounds,
    warm_up_memory,
)
from pilotlight.spec.sized_model import with_sizes_said
from pilotlight.spec.warm_up_in_effect import warm_up_in_effect
from tests.spec.valid_fleets import KINDS, fleets


def _fleet(model: ModelSpec, **fleet: Any) -> FleetSpec:
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

    assert fleet.endpoints["b"].model == resolved(fleet).endpoints["b"].model


@pytest.mark.thorough
@given(fleet=fleets())
def test_resolving_twice_changes_nothing(fleet: FleetSpec) -> None:
    """What is resolved is a valid fleet that stands for itself."""
    once = resolved(fleet)

    assert once == resolved(once) == FleetSpec.model_validate(once.model_dump())


@pytest.mark.thorough
@given(fleet=fleets())
def test_only_images_change_and_what_has_no_effect(fleet: FleetSpec) -> None:
    """Keys, capacities and everything else stay; no framework is left, sizes are what follows."""
    result = resolved(fleet)

    assert list(fleet.endpoints) == list(result.endpoints)
    for key, endpoint in fleet.endpoints.items():
        models = [each.model for each in result.endpoints[key].hosted]
        deployed = iter(models)
        with_images = endpoint.with_models(lambda *_, each=deployed: next(each))
        assert with_sizes_said(with_images).in_effect == result.endpoints[key]
        assert [None] * len(models) == [each.framework for each in models]


def test_an_upload_becomes_the_source() -> None:
    """A directory is where the deployment puts it, once that is known."""
    fleet = _fleet(ModelSpec(image="a:1", source="models/ocr"))
    uploads = {"models/ocr": "s3://assets/1.tar.gz"}

    assert "models/ocr" == resolved(fleet).endpoints["b"].model.source
    assert "s3://assets/1.tar.gz" == resolved(fleet, uploads=uploads).endpoints["b"].model.source


def test_terms_of_what_never_happens_are_left_out() -> None:
    """An endpoint that never sleeps is not woken, and without a status table nothing is kept or lost."""
    said = {
        "scaling": {"track": "backlog", "min_capacity": 1, "wake_cooldown": timedelta(seconds=7)},
        "notify": {"retention": timedelta(days=7)},
    }
    spec = AsyncSpec.model_validate({"model": {"image": "a:1"}, "instance_type": "ml.m5.large"} | said)

    effect = spec.in_effect
    assert (timedelta(seconds=300), timedelta(days=30), None) == (
        effect.scaling.wake_cooldown,
        effect.notify.retention,
        effect.alarms.dead_letters,
    )


NAMED = {"vpc_id": "vpc-0a1b2c3d", "subnet_ids": ["subnet-0a1b2c3d"]}


@pytest.mark.parametrize(
    ("isolated", "network", "expected"),
    [
        (True, NAMED, None),
        (True, {"create": True}, {"create": True}),
        (False, NAMED, NAMED),
        (
            False,
            NAMED | {"security_group_ids": ["sg-0a1b2c3d"]},
            {"subnet_ids": ["subnet-0a1b2c3d"], "security_group_ids": ["sg-0a1b2c3d"]},
        ),
    ],
)
def test_a_network_is_what_its_containers_see(
    isolated: bool, network: dict[str, Any], expected: dict[str, Any] | None
) -> None:
    """One that nobody is in is not deployed; security groups say which VPC they are in."""
    fleet = _fleet(ModelSpec(image="a:1", network_isolation=isolated), network=network)

    wanted = None if expected is None else NetworkSpec.model_validate(expected)
    assert wanted == resolved(fleet).network


@pytest.mark.thorough
@given(endpoint=KINDS["realtime"] | KINDS["multi-model"])
def test_a_warm_up_in_effect_warms_alike(endpoint: Any) -> None:
    """Within the same bounds, and as many models at once."""
    if endpoint.warm_up is not None:
        effect = warm_up_in_effect(endpoint.warm_up, endpoint)

        assert effect is not None
        assert warm_up_bounds(endpoint.warm_up, endpoint.scaling) == warm_up_bounds(effect, endpoint.scaling)
        assert warm_up_memory(endpoint.warm_up, endpoint) == warm_up_memory(effect, endpoint)
        assert effect == warm_up_in_effect(effect, endpoint)
