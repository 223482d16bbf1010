"""Looks at the deployed fleet with the calls that an operator would make."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from pilotlight.catalog import naming, scaling
from pilotlight.local.pages import STATUS_PATH, read_page

from .scene import Scene
from .submission import Submission


def instance_count(scene: Scene, endpoint: str) -> int:
    """How many instances of an endpoint are in service."""
    return int(_variant(scene, endpoint)["CurrentInstanceCount"])


def desired_count(scene: Scene, endpoint: str) -> int:
    """How many instances of an endpoint shall be in service."""
    return int(_variant(scene, endpoint)["DesiredInstanceCount"])


def endpoint_config(scene: Scene, endpoint: str) -> dict[str, Any]:
    """The endpoint configuration that an endpoint runs on."""
    sagemaker = scene.client("sagemaker")
    name = sagemaker.describe_endpoint(EndpointName=endpoint)["EndpointConfigName"]
    described: dict[str, Any] = sagemaker.describe_endpoint_config(EndpointConfigName=name)
    return described


def topic(scene: Scene, endpoint: str, kind: str) -> str:
    """The ARN of an endpoint's `SuccessTopic` or `ErrorTopic`."""
    output = endpoint_config(scene, endpoint)["AsyncInferenceConfig"]["OutputConfig"]
    arn: str = output["NotificationConfig"][kind]
    return arn


def scaling_activities(scene: Scene, endpoint: str) -> list[dict[str, Any]]:
    """What Application Auto Scaling has done to an endpoint, newest first."""
    answer = scene.client("application-autoscaling").describe_scaling_activities(
        ServiceNamespace=scaling.SERVICE_NAMESPACE,
        ResourceId=scaling.resource_id(endpoint, naming.VARIANT_NAME),
    )
    activities: list[dict[str, Any]] = answer["ScalingActivities"]
    return activities


def stored(scene: Scene, location: str) -> bytes | None:
    """The object at an S3 URI, or None as long as there is none."""
    bucket, _, key = location.removeprefix("s3://").partition("/")
    try:
        body: bytes = scene.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read()
    except ClientError as error:
        if error.response["Error"]["Code"] == "NoSuchKey":
            return None
        raise
    return body


def answer(scene: Scene, submission: Submission) -> Any | None:
    """The answer to a request, or None as long as there is none."""
    body = stored(scene, submission.output_location)
    return None if body is None else json.loads(body)


def row(scene: Scene, table: str, submission: Submission) -> dict[str, str]:
    """The row of a request in the status table, with its values as text; empty when there is none."""
    found = scene.client("dynamodb").get_item(
        TableName=table, Key={"inferenceId": {"S": submission.inference_id}}, ConsistentRead=True
    )
    return {name: next(iter(value.values())) for name, value in found.get("Item", {}).items()}


@dataclass(frozen=True, slots=True)
class RunningContainer:
    """A container of an endpoint: its process, and whether a real model or a stand-in runs in it, and why."""

    pid: int
    label: str
    port: int
    why: str

    @property
    def is_real(self) -> bool:
        """Whether the model's own code answers."""
        return self.label == "real"


def containers(scene: Scene, endpoint: str) -> list[RunningContainer]:
    """The containers that are ready; AWS does not show these, so the embedded AWS is asked itself."""
    endpoints = read_page(scene.aws.record.port, STATUS_PATH)["endpoints"]
    return [
        RunningContainer(each["pid"], each["label"], each["port"], each["why"])
        for found in endpoints
        if found["name"] == endpoint
        for each in found["containers"]
        if each["ready"]
    ]


def _variant(scene: Scene, endpoint: str) -> dict[str, Any]:
    described = scene.client("sagemaker").describe_endpoint(EndpointName=endpoint)
    variant: dict[str, Any] = described["ProductionVariants"][0]
    return variant
