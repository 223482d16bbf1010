"""An endpoint follows its backlog, and one that may sleep always wakes."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from pilotlight.catalog import metrics, scaling
from pilotlight_cdk import BacklogScaling


@pytest.fixture(scope="module")
def sleeping(new_stack, new_endpoint, resources_of) -> Any:
    """The resources of an endpoint that scales between 0 and 3 instances."""
    stack = new_stack("Sleeping")
    new_endpoint(
        stack,
        endpoint_name="ocr",
        scaling=BacklogScaling(
            max_capacity=3,
            target_per_instance=7,
            scale_in_cooldown=timedelta(seconds=600),
            scale_out_cooldown=timedelta(seconds=120),
            wake_cooldown=timedelta(seconds=60),
        ),
    )
    return resources_of(stack)


def policy(resources: Any, kind: str) -> dict[str, Any]:
    """The only policy of a type."""
    (only,) = [
        each for each in resources.all("ApplicationAutoScaling::ScalingPolicy") if each["PolicyType"] == kind
    ]
    return only


def wake_alarms(resources: Any) -> list[dict[str, Any]]:
    """The alarms that may wake an endpoint."""
    name = metrics.HAS_BACKLOG_WITHOUT_CAPACITY.name
    return [alarm for alarm in resources.all("CloudWatch::Alarm") if alarm["MetricName"] == name]


def test_the_variant_scales_between_the_capacities(sleeping) -> None:
    """A minimum of 0 reaches the template; no role of our own is created for scaling."""
    target = sleeping.one("ApplicationAutoScaling::ScalableTarget")

    assert (0, 3) == (target["MinCapacity"], target["MaxCapacity"])
    assert "endpoint/ocr/variant/AllTraffic" == target["ResourceId"]
    assert (scaling.SERVICE_NAMESPACE, scaling.SCALABLE_DIMENSION) == (
        target["ServiceNamespace"],
        target["ScalableDimension"],
    )
    assert scaling.SERVICE_LINKED_ROLE in str(target["RoleARN"])


def test_the_target_waits_for_the_endpoint(sleeping) -> None:
    """It names the endpoint by a literal, so nothing else would make it wait."""
    (target,) = [each for each in sleeping.by_id.values() if each["Type"].endswith("::ScalableTarget")]
    (waited_for,) = target["DependsOn"]

    assert "AWS::SageMaker::Endpoint" == sleeping.by_id[waited_for]["Type"]


def test_tracking_follows_the_backlog_per_instance(sleeping) -> None:
    """Its metric carries the endpoint's name alone; with a variant's it would never see data."""
    config = policy(sleeping, "TargetTrackingScaling")["TargetTrackingScalingPolicyConfiguration"]
    metric = config["CustomizedMetricSpecification"]

    assert (7, 600, 120) == (config["TargetValue"], config["ScaleInCooldown"], config["ScaleOutCooldown"])
    assert "ApproximateBacklogSizePerInstance" == metric["MetricName"]
    assert [{"Name": "EndpointName", "Value": "ocr"}] == metric["Dimensions"]


def test_the_first_request_wakes_it(sleeping) -> None:
    """One datapoint of a minute is enough; what is missing changes nothing."""
    (alarm,) = wake_alarms(sleeping)

    assert [{"Name": "EndpointName", "Value": "ocr"}] == alarm["Dimensions"]
    assert (60, 1, 1, 1) == tuple(
        alarm[key] for key in ("Period", "EvaluationPeriods", "DatapointsToAlarm", "Threshold")
    )
    assert "GreaterThanOrEqualToThreshold" == alarm["ComparisonOperator"]
    assert "missing" == alarm["TreatMissingData"]


def test_waking_adds_one_instance(sleeping) -> None:
    """The alarm's action is the step policy, which adds one and then waits for its cool-down."""
    (alarm,) = wake_alarms(sleeping)
    (action,) = alarm["AlarmActions"]
    config = sleeping.by_id[action["Ref"]]["Properties"]["StepScalingPolicyConfiguration"]

    assert {
        "AdjustmentType": "ChangeInCapacity",
        "MetricAggregationType": "Average",
        "Cooldown": 60,
        "StepAdjustments": [{"MetricIntervalLowerBound": 0, "ScalingAdjustment": 1}],
    } == config


def test_an_endpoint_that_never_sleeps_has_nothing_to_wake_it(new_stack, new_endpoint, resources_of) -> None:
    """From one instance on, tracking alone decides."""
    stack = new_stack()
    endpoint = new_endpoint(stack, scaling=BacklogScaling(min_capacity=1, max_capacity=2))
    resources = resources_of(stack)

    assert [] == wake_alarms(resources)
    assert policy(resources, "TargetTrackingScaling")
    assert (None, None) == (endpoint.scaling.cfn_wake_policy, endpoint.scaling.cfn_wake_alarm)


def test_all_of_it_can_be_taken_out_for_one_deployment(new_stack, new_endpoint, resources_of) -> None:
    """AWS refuses another instance type while something scales; everything else stays."""
    stack, scaled = new_stack("Bare"), new_stack("Scaled")
    new_endpoint(stack).scaling.remove()
    new_endpoint(scaled)
    kinds, all_kinds = (
        Counter(each["Type"] for each in resources_of(one).by_id.values()) for one in (stack, scaled)
    )

    assert all_kinds - kinds == Counter(
        {
            "AWS::ApplicationAutoScaling::ScalableTarget": 1,
            "AWS::ApplicationAutoScaling::ScalingPolicy": 2,
            "AWS::CloudWatch::Alarm": 1,
        }
    )
