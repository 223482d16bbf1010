"""What takes an update back: the alarms on failures of everything that the update changes."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight_cdk import (
    CanaryDeployment,
    Container,
    ContainerModel,
    FleetRefused,
    ModelImage,
    MultiContainerEndpoint,
    RealtimeAlarms,
    RealtimeEndpoint,
    RollingCopiesDeployment,
    Variant,
)
from tests.pilotlight_cdk.conftest import IMAGE


def rollback_alarms(resources: Any) -> list[dict[str, str]]:
    """The dimensions of the alarms that take an update of the endpoint back."""
    config = resources.one("SageMaker::Endpoint")["DeploymentConfig"]
    names = [each["AlarmName"]["Ref"] for each in config["AutoRollbackConfiguration"]["Alarms"]]
    return [
        {each["Name"]: each["Value"] for each in resources.by_id[name]["Properties"]["Dimensions"]}
        for name in names
    ]


@pytest.fixture
def ranker(new_stack, new_model) -> Any:
    """Give a maker of real-time endpoints with a further variant, and of their stacks."""

    def make(**said: Any) -> Any:
        stack = new_stack()
        RealtimeEndpoint(
            stack,
            "Ranker",
            model=new_model(stack),
            instance_type="ml.m5.large",
            variants={"canary": Variant(new_model(stack, "Canary"), "ml.m5.large", weight=0.1)},
            **said,
        )
        return stack

    return make


def test_every_variant_can_take_an_update_back(ranker, resources_of) -> None:
    """The one that an update breaks may not be the endpoint's own."""
    resources = resources_of(ranker(deployment=CanaryDeployment()))
    alarms = rollback_alarms(resources)

    assert ["AllTraffic", "canary"] == [each["VariantName"] for each in alarms]
    for role in ("ModelRole", "CanaryRole"):
        assert 2 == len(resources.statement(role, "cloudwatch:DescribeAlarms")["Resource"])


def test_without_a_deployment_nothing_does(ranker, resources_of) -> None:
    """SageMaker's own way of updating is left alone."""
    assert "DeploymentConfig" not in resources_of(ranker()).one("SageMaker::Endpoint")


def test_without_a_threshold_nothing_does(ranker, resources_of) -> None:
    """Then there is no alarm on failures."""
    said = {"deployment": CanaryDeployment(), "alarms": RealtimeAlarms(server_error_percent=None)}
    config = resources_of(ranker(**said)).one("SageMaker::Endpoint")["DeploymentConfig"]

    assert "AutoRollbackConfiguration" not in config


@pytest.mark.parametrize(("containers", "watched"), [(2, 2), (12, 9)])
def test_containers_take_an_update_back_as_far_as_ten_alarms_go(
    containers: int, watched: int, new_stack, resources_of
) -> None:
    """AWS takes ten, and that of the whole endpoint comes first."""
    stack = new_stack()
    one = Container(ModelImage.from_uri(IMAGE))
    model = ContainerModel(stack, "M", containers={f"c{number}": one for number in range(containers)})
    MultiContainerEndpoint(
        stack, "Desk", model=model, instance_type="ml.m5.xlarge", deployment=CanaryDeployment()
    )
    alarms = rollback_alarms(resources_of(stack))

    assert [None, *(f"c{number}" for number in range(watched))] == [
        each.get("ContainerName") for each in alarms
    ]


def test_fails_with_more_alarms_than_aws_takes(new_stack, new_lab, new_model, ranker) -> None:
    """Of an endpoint as of a component, and the path says whose they are."""
    from aws_cdk import aws_cloudwatch as cloudwatch  # noqa: PLC0415 - after Node was found

    alarms = [cloudwatch.Alarm.from_alarm_name(new_stack(), "Theirs", "theirs")] * 11
    stack = new_stack()

    with pytest.raises(FleetRefused, match=r"Stack/Ranker\.rollback_alarms: too many, got 11 alarms"):
        ranker(rollback_alarms=alarms)
    with pytest.raises(FleetRefused, match=r"Llms\.writer\.rollback_alarms: too many, got 11 alarms"):
        new_lab(stack).add_component(
            "writer",
            model=new_model(stack),
            deployment=RollingCopiesDeployment(),
            rollback_alarms=alarms,
        )


def test_fails_when_a_component_has_alarms_without_a_deployment(new_stack, new_lab, new_model) -> None:
    """SageMaker takes them beside a rolling policy only, so they would never take anything back."""
    from aws_cdk import aws_cloudwatch as cloudwatch  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    alarms = [cloudwatch.Alarm.from_alarm_name(stack, "Theirs", "theirs")]

    with pytest.raises(FleetRefused, match=r"Llms\.writer\.rollback_alarms: .*a deployment beside them"):
        new_lab(stack).add_component("writer", model=new_model(stack), rollback_alarms=alarms)
