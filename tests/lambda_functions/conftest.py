"""Loading the functions' modules, and an AWS to run them against."""

from __future__ import annotations

import importlib
import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aws_lambda_powertools import Logger

from tests.lambda_functions.in_memory_aws import TABLE, InMemoryAws
from tests.lambda_functions.notifications import batch

LAMBDA = Path(__file__).resolve().parents[2] / "lambda"
NOW = 1_800_000_000.0
RETENTION = 86_400


def load(function: str) -> SimpleNamespace:
    """All modules of one function by name. Both functions have a `handler`, so none stays in sys.modules."""
    own = [module.stem for module in sorted((LAMBDA / function).glob("*.py"))]
    sys.path.insert(0, str(LAMBDA / function))
    try:
        return SimpleNamespace(**{name: importlib.import_module(name) for name in own})
    finally:
        sys.path.remove(str(LAMBDA / function))
        for name in own:
            sys.modules.pop(name, None)


@pytest.fixture(scope="session")
def load_handler() -> Callable[[str], SimpleNamespace]:
    """Loads a function afresh: `load_handler("completion").handler.handler`."""
    return load


@pytest.fixture(scope="session")
def completion_modules() -> SimpleNamespace:
    """The completion function's modules."""
    return load("completion")


@pytest.fixture(scope="session")
def sweeper_modules() -> SimpleNamespace:
    """The sweeper's modules."""
    return load("sweeper")


@dataclass
class LambdaContext:
    """What Lambda tells a function about its invocation; without time left, locks open at once."""

    remaining_millis: int = 60_000
    function_name: str = "completion"
    memory_limit_in_mb: int = 128
    invoked_function_arn: str = "arn:aws:lambda:us-east-1:123456789012:function:completion"
    aws_request_id: str = "request"

    def get_remaining_time_in_millis(self) -> int:
        """The time left."""
        return self.remaining_millis


@dataclass
class Delivery:
    """The completion function as its queue sees it; `log` is what it has written."""

    aws: InMemoryAws
    function: Callable[[dict[str, Any], Any], Any]
    log: io.StringIO

    def __call__(self, *bodies: str, remaining_millis: int = 60_000) -> list[str]:
        """Deliver a batch; the ids of the messages to deliver again."""
        answer = self.function(batch(*bodies), LambdaContext(remaining_millis))
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


@pytest.fixture(scope="session")
def completion(completion_modules: SimpleNamespace) -> Delivery:
    """The completion function wired to one in-memory AWS for all tests; `deliver` empties it for each."""
    aws, log = InMemoryAws(), io.StringIO()
    function = completion_modules.completion.Completion(
        completion_modules.completion.Settings(TABLE, "default", RETENTION),
        dynamodb=aws.dynamodb_client,
        events=aws.events_client,
        logger=Logger(service="completion", stream=log),
        clock=lambda: NOW,
    )
    return Delivery(aws, function, log)


@pytest.fixture
def deliver(completion: Delivery) -> Iterator[Delivery]:
    """Delivers messages to the completion function, starting from an empty AWS."""
    completion.aws.forget()
    completion.log.seek(0)
    completion.log.truncate()
    yield completion
    completion.aws.forget()


@pytest.fixture
def aws(deliver: Delivery) -> InMemoryAws:
    """The AWS that `deliver` works on."""
    return deliver.aws
