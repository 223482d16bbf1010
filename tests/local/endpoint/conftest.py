"""A running endpoint for tests: S3 and SNS in memory, containers as small real processes, time runs fast."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

import pytest
from botocore.exceptions import ClientError

from pilotlight.catalog.metrics import MetricFact
from pilotlight.hosting.instance import LaunchTiming
from pilotlight.local.clock import ScaledClock
from pilotlight.local.containers.container_host import ContainerHost
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.local.endpoint.async_runtime import AsyncRuntime
from pilotlight.local.endpoint.surroundings import Surroundings
from pilotlight.local.home import Home
from tests.waiting import wait_until

IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/tiny:1"
BROKEN_IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/broken:1"
TINY_CONTAINER = Path(__file__).parent / "tiny_container.py"
PAUSE_S = 0.002
"""What tests of this folder wait for may last only milliseconds."""

AT_ONCE = LaunchTiming(provisioning=0, image_pull=0, model_download=0)
SUCCESS_TOPIC, ERROR_TOPIC = (
    "arn:aws:sns:us-east-1:123456789012:ok",
    "arn:aws:sns:us-east-1:123456789012:error",
)


class MemoryAws:
    """An `Aws` with the calls of S3 and SNS that an endpoint makes. Thread-safe.

    failing: names of calls that fail, with the HTTP status; a list is used up, one per call.
    """

    region = "us-east-1"
    account = "123456789012"

    def __init__(self) -> None:
        self.objects: dict[str, tuple[bytes, dict[str, Any]]] = {}
        self.published: list[tuple[str, dict[str, Any]]] = []
        self.failing: dict[str, list[int]] = {}
        self._lock = Lock()

    def client(self, service: str) -> MemoryAws:
        """Every client is this object."""
        return self

    def environment(self) -> dict[str, str]:
        """What containers get that may call AWS."""
        return {}

    def get_object(self, *, Bucket: str, Key: str) -> dict[str, Any]:  # noqa: N803 - S3's own names
        """GetObject."""
        self._fail("get_object")
        uri = f"s3://{Bucket}/{Key}"
        if uri not in self.objects:
            raise ClientError({"Error": {"Code": "NoSuchKey", "Message": "no such key"}}, "GetObject")
        return {"Body": io.BytesIO(self.objects[uri][0])}

    def head_object(self, *, Bucket: str, Key: str) -> dict[str, Any]:  # noqa: N803 - as above
        """HeadObject."""
        uri = f"s3://{Bucket}/{Key}"
        if uri not in self.objects:
            raise ClientError({"Error": {"Code": "404", "Message": "Not Found"}}, "HeadObject")
        content, options = self.objects[uri]
        return {"ContentLength": len(content), "Metadata": options.get("Metadata", {})}

    def put_object(self, *, Bucket: str, Key: str, Body: bytes, **options: Any) -> None:  # noqa: N803 - as above
        """PutObject."""
        self._fail("put_object")
        self.objects[f"s3://{Bucket}/{Key}"] = (Body, options)

    def publish(self, *, TopicArn: str, Message: str) -> None:  # noqa: N803 - SNS's own names
        """Publish."""
        self._fail("publish")
        self.published.append((TopicArn, json.loads(Message)))

    def results(self) -> list[dict[str, Any]]:
        """The messages about requests, without the test notifications."""
        return [message for _, message in list(self.published) if message["eventName"] == "InferenceResult"]

    def _fail(self, call: str) -> None:
        with self._lock:
            statuses = self.failing.get(call, [])
            status = statuses.pop(0) if statuses else None
        if status is not None:
            error = {"Error": {"Code": "Fault", "Message": "on purpose"}}
            raise ClientError({**error, "ResponseMetadata": {"HTTPStatusCode": status}}, call)


@dataclass
class ListedMetrics:
    """A sink that keeps what it is told."""

    values: list[tuple[str, dict[str, str], float]] = field(default_factory=list)

    def put(self, metric: MetricFact, dimensions: Mapping[str, str], value: float) -> None:
        """Keep a value."""
        self.values.append((metric.name, dict(dimensions), value))

    def of(self, name: str) -> list[float]:
        """The values of one metric."""
        return [value for each, _, value in list(self.values) if each == name]


def eventually(look: Callable[[], Any], what: str = "what this line looks for") -> Any:
    """What `look` finds, once that is true."""
    __tracebackhide__ = True  # the line that waits says what it looks for
    return wait_until(what, look, pause_s=PAUSE_S)


def wait_for_status(runtime: Any, status: str = "InService") -> None:
    """Wait until an endpoint has a status."""
    wait_until(status, lambda: runtime.describe().status, wanted=lambda seen: seen == status, pause_s=PAUSE_S)


def endpoint_config(
    name: str = "first", *, count: int = 1, model: str = "tiny", **asynchronous: Any
) -> EndpointConfigRecord:
    """A configuration with one variant. asynchronous: members of OutputConfig, or ClientConfig."""
    client = {"ClientConfig": asynchronous.pop("ClientConfig")} if "ClientConfig" in asynchronous else {}
    topics = {"SuccessTopic": SUCCESS_TOPIC, "ErrorTopic": ERROR_TOPIC}
    output = {
        "S3OutputPath": "s3://data/out/",
        "S3FailurePath": "s3://data/failed/",
        "NotificationConfig": topics,
        **asynchronous,
    }
    variant = {"VariantName": "AllTraffic", "ModelName": model, "InstanceType": "ml.m5.large"}
    properties = {
        "ProductionVariants": [{**variant, "InitialInstanceCount": count}],
        "AsyncInferenceConfig": {"OutputConfig": output, **client},
    }
    return EndpointConfigRecord.parse(properties, name=name, arn=f"arn:{name}", created=datetime.now(UTC))


def model_record(image: str = IMAGE, ready_file: Path | None = None) -> ModelRecord:
    """A model that is all in its image. ready_file: what its container waits for. Default: nothing."""
    environment = {} if ready_file is None else {"READY_FILE": str(ready_file)}
    container = {"Image": image, "Environment": environment}
    properties = {"PrimaryContainer": container, "EnableNetworkIsolation": True}
    return ModelRecord.parse(properties, name="tiny", arn="arn:tiny", created=datetime.now(UTC))


@dataclass
class Endpoint:
    """A running endpoint with what it writes to."""

    runtime: AsyncRuntime
    aws: MemoryAws
    metrics: ListedMetrics
    host: ContainerHost
    statuses: list[str]
    """Every status that was told of, beginning with the first change."""

    def settles(self, status: str = "InService") -> Endpoint:
        """Wait until it has this status."""
        wait_for_status(self.runtime, status)
        return self

    @property
    def pids(self) -> list[int]:
        """The processes of containers that take requests."""
        return [each.pid for each in self.runtime.describe().containers if each.ready]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """The state folder of an emulator."""
    return Home(tmp_path / "home").create()


@pytest.fixture
def launch(home: Home) -> Iterator[Callable[..., Endpoint]]:
    """Makes endpoints and starts them. scale: of the clock; ready_file: as of `model_record`."""
    started: list[AsyncRuntime] = []
    tiny = [sys.executable, "-S", "-E", str(TINY_CONTAINER)]
    commands = {IMAGE: tiny, BROKEN_IMAGE: [*tiny, "broken"]}

    def make(
        config: EndpointConfigRecord | None = None,
        *,
        scale: float = 60.0,
        image: str = IMAGE,
        ready_file: Path | None = None,
    ) -> Endpoint:
        aws, metrics, statuses = MemoryAws(), ListedMetrics(), list[str]()
        given: Any = aws
        host = ContainerHost(home, given, time_scale=scale, commands=commands)
        runtime = AsyncRuntime(
            "tickets",
            config=endpoint_config() if config is None else config,
            models={"tiny": model_record(image, ready_file), "broken": model_record(BROKEN_IMAGE)},
            around=Surroundings(given, ScaledClock(scale), metrics, host, AT_ONCE),
            on_change=lambda: statuses.append(runtime.describe().status),
        )
        started.append(runtime)
        runtime.start()
        return Endpoint(runtime, aws, metrics, host, statuses)

    yield make
    for runtime in started:
        runtime.stop()


@pytest.fixture
def endpoint(launch: Callable[..., Endpoint]) -> Endpoint:
    """An endpoint in service with one instance."""
    return launch().settles()


@pytest.fixture
def listed_metrics() -> ListedMetrics:
    """A sink that keeps what it is told."""
    return ListedMetrics()


@pytest.fixture
def soon() -> Callable[..., Any]:
    """Waits until something is true."""
    return eventually


@pytest.fixture
def settled() -> Callable[[Any], None]:
    """Waits until a runtime is in service."""
    return wait_for_status
