"""Constructs and fleet file say the same: one vocabulary, the same defaults."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from pilotlight.spec import AsyncSpec, ModelSpec
from pilotlight_cdk import AsyncEndpoint, Model

LIVE = {
    "alarm_topic",
    "bucket",
    "core_dump_prefix",
    "encryption_key",
    "endpoint_name",
    "error_topic",
    "event_bus",
    "prefixes",
    "rollback_alarms",
    "status_table",
    "success_topic",
}
"""Keywords that a fleet file cannot hold, or that its stacks decide."""


def keywords(construct: type) -> dict[str, Any]:
    """The keywords of a construct with their defaults."""
    initializer = vars(construct)["__init__"]  # the metaclass of jsii hides it from inspect.signature
    parameters = inspect.signature(initializer).parameters.values()
    return {each.name: each.default for each in parameters if each.kind is each.KEYWORD_ONLY}


def test_the_endpoint_has_the_spec_s_names_and_live_references_only() -> None:
    """A key that is added on one side is missed on the other."""
    assert {*AsyncSpec.model_fields} - {"kind"} == {*keywords(AsyncEndpoint)} - LIVE


@pytest.mark.parametrize("name", sorted({*AsyncSpec.model_fields} - {"kind", "model", "instance_type"}))
def test_an_endpoint_s_default_is_the_spec_s(name: str) -> None:
    """Leaving a keyword out means the same in Python and YAML."""
    assert AsyncSpec.model_fields[name].default == keywords(AsyncEndpoint)[name]


@pytest.mark.parametrize("name", ["environment", "network_isolation", "accept_eula"])
def test_a_model_s_default_is_the_spec_s(name: str) -> None:
    """As above; a model's image and files are objects in Python."""
    assert ModelSpec.model_fields[name].default == keywords(Model)[name]


def test_from_spec_gives_the_constructor_everything(new_stack, new_model) -> None:
    """What a fleet file says arrives unchanged."""
    stack = new_stack()
    model = new_model(stack)
    spec = AsyncSpec.model_validate(
        {
            "model": model.spec,
            "instance_type": "ml.c5.xlarge",
            "initial_instance_count": 2,
            "max_concurrent_invocations_per_instance": 3,
            "scaling": {"min_capacity": 1, "max_capacity": 4},
            "notify": {"include_inference_response_in": ["error"]},
            "alarms": {"backlog_age": "10m", "failures": None},
            "deployment": {"policy": "linear"},
            "model_data_download_timeout": "10m",
            "container_startup_health_check_timeout": "5m",
            "volume_size": "20GiB",
            "tags": {"team": "vision"},
        }
    )

    assert spec == AsyncEndpoint.from_spec(stack, "Ocr", spec, model=model).spec
