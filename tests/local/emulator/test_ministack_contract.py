"""What we hold on to in ministack is still what it was; when it is not, read its new source first."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from importlib import metadata
from typing import Any

import pytest
from ministack import app
from ministack.core import concurrency, responses, router
from ministack.services import cloudformation, cloudwatch, ecr, eventbridge, lambda_svc
from ministack.services.cloudformation import handlers, provisioners, stacks

from pilotlight.local.emulator import ministack as adapter

pytestmark = pytest.mark.thorough


def test_the_version_is_the_one_that_was_read() -> None:
    """Another version may keep every name and change what it means."""
    assert adapter.VERSION == metadata.version("ministack")


@pytest.mark.parametrize(
    ("registry", "member"),
    [
        (provisioners._RESOURCE_HANDLERS, "AWS::SQS::Queue"),
        (provisioners._REPLACING_PROPERTIES, "AWS::DynamoDB::Table"),
        (provisioners._CUSTOM_NAME_REPLACEMENT, "AWS::SQS::Queue"),
        (provisioners._STACK_TAG_PROPERTY, "AWS::SQS::Queue"),
        (router.SERVICE_PATTERNS, "sqs"),
        (app.SERVICE_HANDLERS, "sqs"),
        (handlers._ACTION_HANDLERS, "CreateChangeSet"),
    ],
)
def test_registries_are_dictionaries_by_name(registry: Any, member: str) -> None:
    """We add entries to them."""
    assert isinstance(registry, dict)
    assert member in registry


@pytest.mark.parametrize(
    ("function", "parameters"),
    [
        (provisioners._RESOURCE_HANDLERS["AWS::SQS::Queue"]["create"], ["logical_id", "props", "stack_name"]),
        (
            provisioners._RESOURCE_HANDLERS["AWS::SQS::Queue"]["update"],
            ["physical_id", "old_props", "new_props", "stack_name", "logical_id"],
        ),
        (provisioners._RESOURCE_HANDLERS["AWS::SQS::Queue"]["delete"], ["physical_id", "props"]),
        (ecr._find_image, ["repo_name", "image_id"]),
        (stacks._runs_on_worker_thread, ["resource_type"]),
        (cloudwatch._evaluate_alarm, ["alarm"]),
        (cloudwatch._evict_old_metrics, []),
        (handlers._ACTION_HANDLERS["CreateChangeSet"], ["params"]),
        (concurrency.run_reentrant, ["fn", "args", "thread_name"]),
        (responses.get_region, []),
        (app._reset_all_state, []),
        (eventbridge._dispatch_to_lambda, ["arn", "payload"]),
        (lambda_svc._get_func_record_for_ref, ["function_ref"]),
        (lambda_svc._execution_record_for_config, ["func", "config"]),
        (lambda_svc.invoke_async_with_retry, ["func", "event"]),
        (
            lambda_svc._emit_lambda_logs,
            ["func", "request_id", "log_text", "error", "duration_ms", "log_source"],
        ),
        (app.app, ["scope", "receive", "send"]),
    ],
)
def test_functions_take_what_we_give_them(function: Callable[..., Any], parameters: list[str]) -> None:
    """By position, in this order."""
    assert parameters == list(inspect.signature(function).parameters)


@pytest.mark.parametrize(
    ("caller", "name"),
    [
        (stacks._deploy_stack_async, "_runs_on_worker_thread"),
        (stacks._delete_stack_async, "_runs_on_worker_thread"),
        (stacks._roll_back_operation, "_runs_on_worker_thread"),
        (cloudwatch._evaluate_all_alarms, "_evaluate_alarm"),
        (cloudwatch._put_metric_alarm, "_evaluate_alarm"),
        (cloudwatch._put_metric_data, "_evaluate_all_alarms"),
        (eventbridge._invoke_target, "_dispatch_to_lambda"),
        (lambda_svc._execute_function_dispatch, "_emit_lambda_logs"),
        (cloudformation.handle_request, "_ACTION_HANDLERS"),
        (ecr.handle_request, "_describe_images"),
        (app._dispatch_service_request, "SERVICE_HANDLERS"),
        (provisioners._update_resource, "_replacing_change"),
        (provisioners._update_resource, "_custom_named_replacement_error"),
    ],
)
def test_what_we_replace_is_looked_up_when_it_is_needed(caller: Callable[..., Any], name: str) -> None:
    """A copy taken at import would not see our replacement."""
    assert name in caller.__code__.co_names


def test_a_create_only_property_means_replacement(monkeypatch: pytest.MonkeyPatch) -> None:
    """The registry alone decides, for the update and for what the change set shows."""
    monkeypatch.setitem(provisioners._REPLACING_PROPERTIES, "Test::Type", ("Name",))

    assert provisioners._replacing_change("Test::Type", {"Name": "a"}, {"Name": "b"})
    assert not provisioners._replacing_change("Test::Type", {"Other": "a"}, {"Other": "b"})


def test_a_named_resource_is_not_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """The registry of named types refuses it; generated names are no obstacle."""
    monkeypatch.setitem(provisioners._REPLACING_PROPERTIES, "Test::Type", ("Size",))
    monkeypatch.setitem(provisioners._CUSTOM_NAME_REPLACEMENT, "Test::Type", {"name": "Name"})
    refuse = provisioners._custom_named_replacement_error

    assert "custom-named" in refuse("Test::Type", {"Name": "a", "Size": 1}, {"Name": "a", "Size": 2})
    assert refuse("Test::Type", {"Size": 1}, {"Size": 2}) is None


def test_stack_tags_reach_registered_types(monkeypatch: pytest.MonkeyPatch) -> None:
    """With ministack's own `aws:` tags, which the adapter takes out again."""
    monkeypatch.setitem(provisioners._STACK_TAG_PROPERTY, "Test::Type", ("Tags", "list"))

    given = provisioners._with_stack_tags(
        "Test::Type", {}, [{"Key": "a", "Value": "b"}], "s", "id", "Logical"
    )

    assert {"Key": "a", "Value": "b"} in given["Tags"]
    assert {"Tags": [{"Key": "a", "Value": "b"}]} == adapter._without_system_tags(given)


def test_generated_names_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    """At most 63 characters, stable for the same place, different after a replacement."""
    long = ("Pilotlight-a-rather-long-fleet-name-of-somebody", "AlsoALongLogicalIdOfSomething")

    name = provisioners._physical_name(*long, max_len=63)
    again = provisioners._physical_name(*long, max_len=63)
    token = provisioners._NAME_SEED.set("another")
    replaced = provisioners._physical_name(*long, max_len=63)
    provisioners._NAME_SEED.reset(token)

    assert 63 == len(name)
    assert name == again
    assert name != replaced


@pytest.mark.parametrize(
    ("headers", "path"),
    [
        ({"x-amz-target": "Test.Operation"}, "/"),
        (
            {"authorization": "AWS4-HMAC-SHA256 Credential=1/20260101/us-east-1/test/aws4_request"},
            "/endpoints/e",
        ),
    ],
)
def test_requests_find_an_added_service(
    monkeypatch: pytest.MonkeyPatch, headers: dict[str, str], path: str
) -> None:
    """By the header of the JSON protocol, and by the name the request is signed with."""
    monkeypatch.setitem(router.SERVICE_PATTERNS, "test", {"target_prefixes": ["Test."]})

    assert "test" == router.detect_service("POST", path, headers, {})
