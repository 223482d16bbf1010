"""Fixtures of the construct tests: a stack per question, its template as plain data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/ours:1"


class Resources:
    """The resources of a synthesized stack, by type."""

    def __init__(self, template: dict[str, Any]) -> None:
        self.template = template
        self.by_id: dict[str, dict[str, Any]] = template["Resources"]

    def all(self, kind: str) -> list[dict[str, Any]]:
        """The properties of all resources of a type, as `SageMaker::Endpoint`."""
        found = [each for each in self.by_id.values() if each["Type"] == f"AWS::{kind}"]
        return [each.get("Properties", {}) for each in found]

    def one(self, kind: str) -> dict[str, Any]:
        """The properties of the only resource of a type."""
        (only,) = self.all(kind)
        return only

    def statements(self, part_of_id: str) -> list[dict[str, Any]]:
        """The statements of the policies whose logical id contains a text."""
        return [
            statement
            for logical_id, each in self.by_id.items()
            if each["Type"] == "AWS::IAM::Policy" and part_of_id in logical_id
            for statement in each["Properties"]["PolicyDocument"]["Statement"]
        ]

    def statement(self, part_of_id: str, action: str) -> dict[str, Any]:
        """The only statement that allows an action."""
        (only,) = [each for each in self.statements(part_of_id) if action in actions_of(each)]
        return only


def actions_of(statement: dict[str, Any]) -> list[str]:
    """The actions of a statement, always as a list."""
    action = statement["Action"]
    return [action] if isinstance(action, str) else action


@pytest.fixture(scope="session")
def new_stack(new_app: Callable[..., Any]) -> Callable[..., Any]:
    """Give a maker of empty stacks in us-east-1; each is alone in its app, which is synthesized once."""
    from aws_cdk import Environment, Stack  # noqa: PLC0415 - starts Node, which other tests do not need

    def make(name: str = "Stack", region: str | None = "us-east-1") -> Any:
        return Stack(new_app(), name, env=Environment(region=region))

    return make


@pytest.fixture(scope="session")
def resources_of() -> Callable[[Any], Resources]:
    """Give what turns a stack into its resources."""
    from aws_cdk.assertions import Template  # noqa: PLC0415 - as above

    def read(stack: Any) -> Resources:
        return Resources(dict(Template.from_stack(stack).to_json()))

    return read


@pytest.fixture(scope="session")
def new_model() -> Callable[..., Any]:
    """Give a maker of models of an image of our own."""
    from pilotlight_cdk import Model, ModelImage  # noqa: PLC0415 - as above

    def make(stack: Any, id: str = "Model", **keywords: Any) -> Any:
        keywords.setdefault("image", ModelImage.from_uri(IMAGE))
        return Model(stack, id, **keywords)

    return make


@pytest.fixture(scope="session")
def new_endpoint(new_model: Callable[..., Any]) -> Callable[..., Any]:
    """Give a maker of asynchronous endpoints called `Ocr`."""
    from pilotlight_cdk import AsyncEndpoint  # noqa: PLC0415 - as above

    def make(stack: Any, **keywords: Any) -> Any:
        keywords.setdefault("instance_type", "ml.m5.large")
        model = keywords.pop("model", None) or new_model(stack)
        return AsyncEndpoint(stack, "Ocr", model=model, **keywords)

    return make


@pytest.fixture(scope="session")
def findings_of() -> Callable[[Any], list[str]]:
    """Give what lists the unacknowledged findings of AwsSolutionsChecks in a scope."""
    from cdk_nag import AwsSolutionsChecks  # noqa: PLC0415 - as above

    def check(scope: Any) -> list[str]:
        return [found.rule_name for found in AwsSolutionsChecks(scope).validate_scope(scope).violations]

    return check


@pytest.fixture
def new_lab(new_stack) -> Callable[..., Any]:
    """Give a maker of endpoints called `lab-llms`."""

    def make(stack: Any = None, **said: Any) -> Any:
        said = {"instance_type": "ml.g5.12xlarge", "endpoint_name": "lab-llms", **said}
        from pilotlight_cdk import InferenceComponentEndpoint  # noqa: PLC0415 - as above

        return InferenceComponentEndpoint(new_stack() if stack is None else stack, "Llms", **said)

    return make


@pytest.fixture
def added(new_stack, new_lab, new_model, resources_of) -> Callable[..., Any]:
    """Give what adds one component and gives the resources of the stack."""

    def add(endpoint: dict[str, Any] | None = None, **said: Any) -> Any:
        stack = new_stack()
        lab = new_lab(stack, **({} if endpoint is None else endpoint))
        lab.add_component("writer", **{"model": new_model(stack), **said})
        return resources_of(stack)

    return add
