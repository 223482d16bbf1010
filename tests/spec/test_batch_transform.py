"""What a fleet file may say of a batch transform, where one key decides about another."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pilotlight.spec import BatchTransformSpec, FleetRefused, FleetSpec, build, hourly_cost
from pilotlight.spec.json_path import Indexes, Names, Range, Wildcard, json_path_steps
from tests.spec.smallest_endpoints import IN_ECR

MODEL = {"framework": "scikit-learn", "version": "1.4-2", "source": "examples/models/ticket_intent"}
CSV = {
    "input": {"content_type": "text/csv", "split_type": "Line"},
    "output": {"accept": "text/csv; charset=utf-8", "assemble_with": "Line"},
}
JOIN = {"data_processing": {"join_source": "Input"}}


def made(**keys: Any) -> BatchTransformSpec:
    """A batch transform."""
    return build(BatchTransformSpec, "night", **{"model": MODEL, "instance_type": "ml.m5.large", **keys})


def test_nothing_costs_anything_between_jobs() -> None:
    """At most all instances of one job, at the price of hosting."""
    fleet = FleetSpec(name="night", endpoints={"tickets": made(instance_count=3)})
    cost = hourly_cost(fleet)

    assert (Decimal(0), Decimal(0), 3 * Decimal("0.115")) == (cost.initial, cost.minimum, cost.maximum)


@pytest.mark.parametrize(
    "keys",
    [
        {**CSV, **JOIN},
        {
            "input": {"content_type": "application/jsonlines", "split_type": "Line"},
            "output": {"accept": "application/json"},
            "data_processing": {"output_filter": "$['id','SageMakerOutput']"},
        },
        {"input": {"content_type": "image/png"}, "data_processing": {}},
        {"max_payload_in_mb": 0, "max_concurrent_transforms": 1000},
        {"max_payload_in_mb": 5, "max_concurrent_transforms": 20},
        {"max_concurrent_transforms": 16},
        {"batch_strategy": "SingleRecord", "input": {"split_type": "TFRecord"}},
        {
            "model": {"image": IN_ECR},
            "instance_type": "ml.g5.xlarge",
            "ami_version": "al2-ami-sagemaker-batch-gpu-535",
        },
    ],
)
def test_what_goes_together_is_taken(keys: dict[str, Any]) -> None:
    """Rows of CSV, objects of JSON, streams of any size, and machine images for GPUs."""
    assert made(**keys)


@pytest.mark.parametrize(
    ("keys", "what"),
    [
        (JOIN, "filters and joins need records of CSV or JSON"),
        ({**JOIN, "input": {"content_type": "text/csv"}}, "filters and joins need records"),
        (
            {**CSV, **JOIN, "output": {"accept": "application/json"}},
            "filters and joins need records of CSV or JSON",
        ),
        ({**CSV, **JOIN, "output": {"accept": "text/csv"}}, "rows of CSV are lines"),
        ({**CSV, "input": {"content_type": "text/csv"}, **JOIN}, "rows of CSV are lines"),
        ({"batch_strategy": "MultiRecord"}, "there are no records to batch"),
        ({"max_payload_in_mb": 51, "max_concurrent_transforms": 2}, "too much in flight"),
        ({"scaling": {}}, "the instances of a transform job come with it"),
        ({"warm_up": {}}, "a transform job is no endpoint"),
    ],
)
def test_fails_when_parts_do_not_go_together(keys: dict[str, Any], what: str) -> None:
    """AWS would refuse the job, at night, when nobody is there."""
    with pytest.raises(FleetRefused, match=what):
        made(**keys)


def test_an_alarm_on_dead_letters_needs_a_schedule() -> None:
    """Nothing else puts a message into that queue."""
    assert made().in_effect.alarms.dead_letters is None
    assert 1 == made(schedule={"at": "rate(1 day)"}).in_effect.alarms.dead_letters


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("$", ()),
        ("$.id", (Names(("id",)),)),
        ("$['id','SageMakerOutput']", (Names(("id", "SageMakerOutput")),)),
        ("$.field1.['child1','child2']", (Names(("field1",)), Names(("child1", "child2")))),
        ("$[1]", (Indexes((1,)),)),
        ("$[1,3,-1]", (Indexes((1, 3, -1)),)),
        ("$[2:5]", (Indexes((Range(2, 5),)),)),
        ("$[:5]", (Indexes((Range(None, 5),)),)),
        ("$[0,5:]", (Indexes((0, Range(5, None))),)),
        ("$.id.*", (Names(("id",)), Wildcard())),
    ],
)
def test_a_path_is_read_as_the_guide_says(path: str, steps: tuple[Any, ...]) -> None:
    """The examples of AWS's table of supported operators, and of CreateTransformJob."""
    assert steps == json_path_steps(path)
