"""What is known of a running embedded AWS, in all regions that have endpoints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pilotlight.catalog.scaling import SCALABLE_DIMENSION, SERVICE_NAMESPACE, resource_id
from pilotlight.local.faults import FAULTS_VARIABLE
from pilotlight.local.local_aws import LocalAws
from pilotlight.local.overview import overview
from tests.waiting import wait_until

pytestmark = pytest.mark.thorough

HERE, ELSEWHERE = "us-east-1", "eu-west-1"
STAND_IN = "763104351884.dkr.ecr.eu-west-1.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130"
POLICY = "arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:1:resource/sagemaker/e:policyName/p"


@pytest.fixture(scope="module")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAws]:
    """Flaky, with a sleeping endpoint elsewhere and one alarm in each region."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FAULTS_VARIABLE, "transient-writes")
        with LocalAws(tmp_path_factory.mktemp("overview"), time_scale=1800) as aws:
            _make_endpoint(aws)
            _put_alarm(aws, HERE, "scales", POLICY)
            _put_alarm(aws, ELSEWHERE, "tells")
            yield aws


def _make_endpoint(aws: LocalAws) -> None:
    sagemaker = aws.aws.client("sagemaker", ELSEWHERE)
    sagemaker.create_model(ModelName="m", PrimaryContainer={"Image": STAND_IN})
    variant = {"VariantName": "AllTraffic", "ModelName": "m", "InstanceType": "ml.g5.xlarge"}
    sagemaker.create_endpoint_config(
        EndpointConfigName="c",
        ProductionVariants=[{**variant, "InitialInstanceCount": 1}],
        AsyncInferenceConfig={"OutputConfig": {"S3OutputPath": "s3://data/out/"}},
    )
    sagemaker.create_endpoint(EndpointName="e", EndpointConfigName="c")


def _put_alarm(aws: LocalAws, region: str, name: str, *actions: str) -> None:
    aws.aws.client("cloudwatch", region).put_metric_alarm(
        AlarmName=name,
        Namespace="AWS/SageMaker",
        MetricName="ExpiredRequests",
        Dimensions=[{"Name": "EndpointName", "Value": "e"}, {"Name": "VariantName", "Value": "AllTraffic"}],
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="GreaterThanThreshold",
        AlarmActions=list(actions),
    )


def _awaited(aws: LocalAws, status: str) -> dict[str, Any]:
    """The endpoint once it has this status and its containers are as it shall have them."""

    def is_so(endpoint: dict[str, Any]) -> bool:
        return endpoint["status"] == status and all(each["ready"] for each in endpoint["containers"])

    return wait_until(
        f"{status} and all containers ready", lambda: dict(*overview(aws)["endpoints"]), wanted=is_so
    )


def test_faults_are_told(aws: LocalAws) -> None:
    """They are those of the server, whatever the environment of who asks."""
    assert ["transient-writes"] == overview(aws)["test_only_faults"]


def test_a_container_says_what_it_is_and_why(aws: LocalAws) -> None:
    """A stand-in has its reason."""
    endpoint = _awaited(aws, "InService")
    [container] = endpoint["containers"]

    assert (ELSEWHERE, "e", True) == (endpoint["region"], endpoint["name"], endpoint["awake"])
    assert ("stand-in", "the image needs a GPU", STAND_IN) == (
        container["label"],
        container["why"],
        container["image"],
    )


def test_alarms_of_every_region_are_told(aws: LocalAws) -> None:
    """With what they watch, and whether they scale."""
    told = overview(aws)["alarms"]

    assert [(ELSEWHERE, "tells", False), (HERE, "scales", True)] == [
        (each["region"], each["name"], each["scales"]) for each in told
    ]
    assert [("ExpiredRequests", "GreaterThanThreshold", 1.0)] * 2 == [
        (each["metric"], each["comparison"], each["threshold"]) for each in told
    ]
    assert {"EndpointName": "e", "VariantName": "AllTraffic"} == told[0]["dimensions"]


def test_scaling_of_every_region_is_told(aws: LocalAws) -> None:
    """An endpoint that is brought inside the bounds of its target is an activity."""
    _awaited(aws, "InService")
    target = {"ServiceNamespace": SERVICE_NAMESPACE, "ScalableDimension": SCALABLE_DIMENSION}
    aws.aws.client("application-autoscaling", ELSEWHERE).register_scalable_target(
        **target, ResourceId=resource_id("e"), MinCapacity=0, MaxCapacity=0
    )
    [activity] = overview(aws)["activities"]

    assert (ELSEWHERE, resource_id("e")) == (activity["region"], activity["resource"])
    assert "Setting desired instance count to 0." == activity["description"]
    assert [] == _awaited(aws, "InService")["containers"]
