"""Copies follow their requests; what may sleep, instances included, is always woken."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight_cdk import (
    CopyConcurrencyScaling,
    CopyInvocationScaling,
    CopyScheduleScaling,
    ManagedInstanceScaling,
    ModelArtifact,
    ModelImage,
    ScheduledCopies,
)
from tests.pilotlight_cdk.template_parts import ids_of, wake_alarms

TO_ZERO = ManagedInstanceScaling(min_instance_count=0, max_instance_count=2)
SLEEPS = CopyConcurrencyScaling(min_capacity=0, max_capacity=2, target_per_copy=4)


def test_components_and_instances_go_to_zero_together(added) -> None:
    """Managed instance scaling from 0, and a target from 0: neither alone would get there."""
    resources = added({"scaling": TO_ZERO}, scaling=SLEEPS)
    (variant,) = resources.one("SageMaker::EndpointConfig")["ProductionVariants"]
    target = resources.one("ApplicationAutoScaling::ScalableTarget")

    assert {"Status": "ENABLED", "MinInstanceCount": 0, "MaxInstanceCount": 2} == variant[
        "ManagedInstanceScaling"
    ]
    assert ("inference-component/lab-llms-writer", 0, 2) == tuple(
        target[key] for key in ("ResourceId", "MinCapacity", "MaxCapacity")
    )
    assert "sagemaker:inference-component:DesiredCopyCount" == target["ScalableDimension"]


def test_what_may_sleep_is_always_woken(added) -> None:
    """By the first request that finds no copy: one in a minute is enough."""
    resources = added(scaling=SLEEPS)
    (alarm,) = wake_alarms(resources)
    (action,) = alarm["AlarmActions"]
    step = resources.by_id[action["Ref"]]["Properties"]["StepScalingPolicyConfiguration"]

    assert [{"Name": "InferenceComponentName", "Value": "lab-llms-writer"}] == alarm["Dimensions"]
    assert ("Sum", 60, 1, 1, 1, "GreaterThanOrEqualToThreshold") == tuple(
        alarm[key]
        for key in (
            "Statistic",
            "Period",
            "EvaluationPeriods",
            "DatapointsToAlarm",
            "Threshold",
            "ComparisonOperator",
        )
    )
    assert {
        "AdjustmentType": "ChangeInCapacity",
        "MetricAggregationType": "Maximum",
        "Cooldown": 60,
        "StepAdjustments": [{"MetricIntervalLowerBound": 0, "ScalingAdjustment": 1}],
    } == step


def test_a_schedule_that_sends_it_to_sleep_brings_the_waking(added) -> None:
    """The bounds at some time count, not only those at first."""
    night = ScheduledCopies(at="cron(0 20 * * ? *)", min_capacity=0, max_capacity=1)
    resources = added(scaling=CopyScheduleScaling(min_capacity=1, max_capacity=2, schedule=(night,)))

    assert 1 == len(wake_alarms(resources))


def test_what_never_sleeps_calls_for_help_instead(added) -> None:
    """A request that finds no copy is no wake-up then, but a fault."""
    resources = added(scaling=CopyInvocationScaling(max_capacity=2, target_per_copy=60))
    alarms = {each["MetricName"]: each for each in resources.all("CloudWatch::Alarm")}

    assert [] == wake_alarms(resources)
    assert 300 == alarms["NoCapacityInvocationFailures"]["Period"]


@pytest.mark.parametrize(
    ("scaling", "metric"),
    [
        (SLEEPS, "SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution"),
        (
            CopyInvocationScaling(max_capacity=2, target_per_copy=4),
            "SageMakerInferenceComponentInvocationsPerCopy",
        ),
    ],
)
def test_copies_follow_their_requests(added, scaling: Any, metric: str) -> None:
    """With cool-downs that are always said, as the defaults for components are not published."""
    policies = added(scaling=scaling).all("ApplicationAutoScaling::ScalingPolicy")
    (config,) = (
        each["TargetTrackingScalingPolicyConfiguration"]
        for each in policies
        if each["PolicyType"] == "TargetTrackingScaling"
    )

    assert {"PredefinedMetricType": metric} == config["PredefinedMetricSpecification"]
    assert (4, 300, 300) == (config["TargetValue"], config["ScaleInCooldown"], config["ScaleOutCooldown"])


def test_an_adapter_reserves_nothing_and_wakes_its_base(new_stack, new_lab, new_model, resources_of) -> None:
    """It comes after its base; requests for it are watched too, as AWS does not say whose they count as."""
    stack = new_stack()
    writer = new_lab(stack).add_component("writer", model=new_model(stack), scaling=SLEEPS)
    legal = writer.add_adapter("legal", artifact=ModelArtifact.from_uri("s3://models/legal.tar.gz"))
    resources = resources_of(stack)
    base, adapter = ids_of(resources, "SageMaker::InferenceComponent")

    assert "lab-llms-writer-legal" == legal.component_name
    assert {
        "BaseInferenceComponentName": "lab-llms-writer",
        "Container": {"ArtifactUrl": "s3://models/legal.tar.gz"},
    } == resources.by_id[adapter]["Properties"]["Specification"]
    assert "RuntimeConfig" not in resources.by_id[adapter]["Properties"]
    assert [base] == resources.by_id[adapter]["DependsOn"]
    assert ["lab-llms-writer", "lab-llms-writer-legal"] == [
        each["Dimensions"][0]["Value"] for each in wake_alarms(resources)
    ]
    assert len({str(each["AlarmActions"]) for each in wake_alarms(resources)}) == 1


def test_a_region_that_refused_zero_instances_is_said_at_synth(new_stack, new_lab, new_model) -> None:
    """As information, with its source: regions change, so nothing is refused."""
    from aws_cdk.assertions import Annotations, Match  # noqa: PLC0415 - after Node was found

    for region, count in (("eu-west-3", 1), ("us-east-1", 0)):
        stack = new_stack("Zero", region)
        image = f"123456789012.dkr.ecr.{region}.amazonaws.com/ours:1"
        model = new_model(stack, image=ModelImage.from_uri(image))
        new_lab(stack, scaling=TO_ZERO).add_component("writer", model=model, scaling=SLEEPS)
        known = Match.string_like_regexp("MinInstanceCount 0 was refused")
        assert count == len(Annotations.from_stack(stack).find_info("*", known))
