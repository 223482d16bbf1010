"""What an inference component publishes."""

from __future__ import annotations

from random import Random

from pilotlight.hosting.component_metrics import (
    component_arrival_metrics,
    component_outcome_metrics,
    component_sample_metrics,
)
from pilotlight.hosting.least_outstanding import LeastOutstandingRequests
from pilotlight.hosting.real_time import RealTimeVariant
from pilotlight.hosting.real_time_metrics import Outcome


def test_a_request_counts_once_and_in_parts_for_each_copy() -> None:
    """As with instances: what one copy has to bear."""
    assert [("Invocations", 1.0), ("InvocationsPerCopy", 0.25)] == [
        (metric.name, value) for metric, value in component_arrival_metrics(4)
    ]


def test_without_a_copy_it_is_a_failure_that_wakes() -> None:
    """And no invocation."""
    assert [("NoCapacityInvocationFailures", 1.0)] == [
        (metric.name, value) for metric, value in component_arrival_metrics(0)
    ]


def test_an_answer_is_measured_under_the_name_of_the_component() -> None:
    """Both error metrics get a value each time."""
    measured = {metric.name: value for metric, value in component_outcome_metrics(Outcome(415, 7, 2))}

    assert {
        "ModelLatency": 7.0,
        "OverheadLatency": 2.0,
        "Invocation4XXErrors": 1.0,
        "Invocation5XXErrors": 0.0,
        "InvocationModelErrors": 1.0,
    } == measured


def test_each_copy_has_its_requests_in_flight() -> None:
    """One value for each: their average is what one copy has. That none came is a value, too."""
    copies = RealTimeVariant(LeastOutstandingRequests(), Random(1), taking={1: 3, 2: 1})

    assert [
        ("ConcurrentRequestsPerCopy", 3.0),
        ("ConcurrentRequestsPerCopy", 1.0),
        ("InvocationsPerCopy", 0.0),
    ] == [(metric.name, value) for metric, value in component_sample_metrics(copies)]


def test_without_a_copy_there_is_nothing_to_measure() -> None:
    """So target tracking never divides by nothing; the refused requests wake it."""
    assert () == component_sample_metrics(RealTimeVariant(LeastOutstandingRequests(), Random(1)))
