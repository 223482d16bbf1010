"""Specs built in Python: the same rules, the same words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pydantic import ValidationError

from pilotlight.spec import AsyncSpec, CanaryDeployment, FleetRefused, ModelSpec, build

MODEL = ModelSpec(image="c:1")


def test_a_spec_is_built_of_python_values() -> None:
    """Durations are timedeltas, sizes are whole GiB, parts are objects."""
    spec = build(
        AsyncSpec,
        model=MODEL,
        instance_type="ml.m5.large",
        volume_size=20,
        model_data_download_timeout=timedelta(seconds=600),
    )

    assert (20, 600) == (spec.volume_size, spec.model_data_download_timeout.total_seconds())


def test_fails_with_every_fault_and_where_it_was_built() -> None:
    """The path of the construct stands where a file would have its line."""
    with pytest.raises(FleetRefused) as refused:
        build(AsyncSpec, "Stack/Ocr", model=MODEL, instance_type="ml.m5.lrge", volume_size=0, scalin={"a": 1})

    assert [
        ("Stack/Ocr.instance_type", "ml.m5.lrge", "did you mean ml.m5.large?"),
        ("Stack/Ocr.volume_size", "0", ""),
        ("Stack/Ocr.scalin", "scalin", "did you mean scaling?"),
    ] == [(refusal.path, refusal.got, refusal.hint) for refusal in refused.value.refusals]


def test_a_spec_cannot_be_changed() -> None:
    """A fleet is a value: what was checked stays what it is."""
    with pytest.raises(ValueError, match="frozen"):
        MODEL.image = "d:1"  # type: ignore[misc]  # that is the point


def test_who_makes_a_part_by_itself_reads_what_is_allowed() -> None:
    """Pydantic shows the message only, so the message says all of it."""
    with pytest.raises(ValidationError, match=r"out of range, allowed 1\.\.50 percent of capacity"):
        CanaryDeployment(canary_percent=70)
