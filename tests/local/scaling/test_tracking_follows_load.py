"""Target tracking as a whole: metrics, managed alarms and capacity, minute by minute, reckoned by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from pilotlight.catalog.metrics import CPU_UTILIZATION, INVOCATIONS_PER_INSTANCE, MetricFact
from pilotlight.local.clock import ScaledClock
from pilotlight.local.scaling.alarm_evaluator import Moment
from pilotlight.local.scaling.autoscaling import AutoScaling
from pilotlight.local.scaling.metric_store import MetricStore

from .conftest import STARTED, Variants, Wall

TARGET = {
    "ServiceNamespace": "sagemaker",
    "ResourceId": "endpoint/e/variant/v",
    "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
}
DIMENSIONS = {"EndpointName": "e", "VariantName": "v"}
INVOCATIONS = {
    "PredefinedMetricSpecification": {"PredefinedMetricType": "SageMakerVariantInvocationsPerInstance"}
}
CPU = {
    "CustomizedMetricSpecification": {
        "Namespace": CPU_UTILIZATION.namespace,
        "MetricName": CPU_UTILIZATION.name,
        "Dimensions": [{"Name": name, "Value": value} for name, value in DIMENSIONS.items()],
        "Statistic": "Average",
    }
}


@dataclass
class MemoryCloudWatch:
    """The alarms of a region, as CloudWatch's API shows them."""

    region: str = "eu-west-1"
    account: str = "123456789012"
    alarms: dict[str, dict[str, Any]] = field(default_factory=dict)

    def client(self, service: str) -> MemoryCloudWatch:
        """Every client is this object."""
        return self

    def get_paginator(self, operation: str) -> MemoryCloudWatch:
        """Of DescribeAlarms."""
        return self

    def paginate(self) -> Iterator[dict[str, Any]]:
        """One page."""
        yield {"MetricAlarms": [dict(each) for each in self.alarms.values()]}

    def put_metric_alarm(self, **alarm: Any) -> None:
        """A new alarm has no state yet."""
        name = alarm["AlarmName"]
        self.alarms[name] = {"AlarmArn": f"arn:{name}", "StateValue": "INSUFFICIENT_DATA", **alarm}

    def set_alarm_state(self, *, AlarmName: str, StateValue: str, StateReason: str) -> None:  # noqa: N803 - CloudWatch's own names
        """Move it."""
        self.alarms[AlarmName] |= {"StateValue": StateValue, "StateReason": StateReason}


class Endpoint:
    """A variant under load, whose minutes tests let pass; instances come at once."""

    def __init__(self, tracked: dict[str, Any], *, target: float, highest: int) -> None:
        self.variants, self._wall, aws = Variants(), Wall(), MemoryCloudWatch()
        self._clock = ScaledClock(1, monotonic=self._wall, started=STARTED)
        self._metrics = MetricStore(self._clock, lambda *_: None)
        given: Any = (aws, self.variants)
        self._scaling = AutoScaling(given[0], capacity=given[1], clock=self._clock, metrics=self._metrics)
        operations = self._scaling.operations()
        operations["RegisterScalableTarget"](TARGET | {"MinCapacity": 1, "MaxCapacity": highest})
        configuration = {"TargetValue": target, **tracked}
        policy = {"PolicyName": "p", "PolicyType": "TargetTrackingScaling"}
        operations["PutScalingPolicy"](
            TARGET | policy | {"TargetTrackingScalingPolicyConfiguration": configuration}
        )

    def passes(self, minutes: int, metric: MetricFact, *, load: float) -> list[int]:
        """The instances at the end of each minute. load: shared by the instances, in the metric's unit."""
        return [self._minute(metric, load) for _ in range(minutes)]

    def _minute(self, metric: MetricFact, load: float) -> int:
        for _ in range(6):
            instances = self.variants.current
            share = load / instances / (6 if metric.statistic == "Sum" else 1)
            self._metrics.put(metric, DIMENSIONS, share)
            self._wall.seconds += 10
            self._scaling.tick(Moment(self._clock.now(), self._clock.now()))
            self.variants.arrive()
        return self.variants.current


def test_invocations_scale_out_under_load_and_in_again() -> None:
    """110 a minute at a target of 30: ceil(110 / 30) = 4 instances after three minutes. Each then has 27.5,
    between the target and nine tenths of it. At 20 a minute each has 5: after fifteen minutes
    ceil(4 * 5 / 30) = 1 is left."""
    endpoint = Endpoint(INVOCATIONS, target=30, highest=9)
    out = endpoint.passes(30, INVOCATIONS_PER_INSTANCE, load=110)
    into = endpoint.passes(30, INVOCATIONS_PER_INSTANCE, load=20)

    assert [1, 1] == out[:2]
    assert {4} == set(out[4:])
    assert {4} == set(into[:14])
    assert {1} == set(into[16:])


def test_processors_scale_out_and_in_again() -> None:
    """Work of 150 % at a target of 50 % for each instance: ceil(1 * 150 / 50) = 3; at 30 % one is enough."""
    endpoint = Endpoint(CPU, target=50, highest=5)
    out = endpoint.passes(10, CPU_UTILIZATION, load=150)
    into = endpoint.passes(25, CPU_UTILIZATION, load=30)

    assert (3, 3, 1) == (out[4], out[-1], into[-1])


def test_the_maximum_holds_and_no_data_changes_nothing() -> None:
    """Without requests there is no value: nobody takes an instance away."""
    endpoint = Endpoint(INVOCATIONS, target=30, highest=2)
    out = endpoint.passes(10, INVOCATIONS_PER_INSTANCE, load=300)
    endpoint._wall.seconds += 3600
    endpoint._scaling.tick(Moment(endpoint._clock.now(), endpoint._clock.now()))

    assert 2 == max(out)
    assert 2 == endpoint.variants.desired


@pytest.mark.parametrize("load", [30.0, 28.0])
def test_near_the_target_nothing_moves(load: float) -> None:
    """The high alarm wants more than the target, the low one less than nine tenths of it."""
    endpoint = Endpoint(INVOCATIONS, target=30, highest=5)

    assert {1} == set(endpoint.passes(30, INVOCATIONS_PER_INSTANCE, load=load))
