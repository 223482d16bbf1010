"""A serverless endpoint: what it becomes in a template, who may call it, what watches and scales it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from pilotlight.catalog import metrics, serverless
from pilotlight.catalog.published import published_by
from pilotlight.spec import ServerlessSpec
from pilotlight_cdk import (
    CanaryDeployment,
    FleetRefused,
    ProvisionedConcurrencyScaling,
    RollingDeployment,
    ScheduledCapacity,
    ScheduleScaling,
    ServerlessAlarms,
    ServerlessEndpoint,
)
from pilotlight_cdk.serverless_metrics import ServerlessMetrics

LIVE = {"alarm_topic", "encryption_key", "endpoint_name", "rollback_alarms"}
"""Keywords that a fleet file cannot hold, or that its stacks decide."""
NIGHT = ScheduledCapacity(at="cron(0 20 ? * * *)", min_capacity=1, max_capacity=1)


@pytest.fixture(scope="session")
def new_sorter(new_model: Callable[..., Any]) -> Callable[..., Any]:
    """Give a maker of serverless endpoints called `Sorter`."""

    def make(stack: Any, **keywords: Any) -> ServerlessEndpoint:
        keywords.setdefault("endpoint_name", "sorter")
        model = keywords.pop("model", None) or new_model(stack, network_isolation=False)
        return ServerlessEndpoint(stack, "Sorter", model=model, **keywords)

    return make


@pytest.fixture
def hosted(new_stack: Any, new_sorter: Any, resources_of: Any) -> Callable[..., Any]:
    """Give what turns keywords into the resources of a stack with one endpoint."""

    def make(**keywords: Any) -> Any:
        stack = new_stack()
        new_sorter(stack, **keywords)
        return resources_of(stack)

    return make


def keywords() -> dict[str, Any]:
    """The keywords of the construct with their defaults."""
    parameters = inspect.signature(ServerlessEndpoint.__init__).parameters.values()
    return {each.name: each.default for each in parameters if each.kind is each.KEYWORD_ONLY}


def test_it_has_the_spec_s_names_and_live_references_only() -> None:
    """A key that is added on one side is missed on the other."""
    assert {*ServerlessSpec.model_fields} - {"kind"} == {*keywords()} - LIVE


@pytest.mark.parametrize("name", sorted({*ServerlessSpec.model_fields} - {"kind", "model"}))
def test_a_default_is_the_spec_s(name: str) -> None:
    """Leaving a keyword out means the same in Python and YAML."""
    assert ServerlessSpec.model_fields[name].default == keywords()[name]


def test_it_says_its_memory_and_concurrency_and_no_instance(hosted) -> None:
    """There is none, nor a volume that a key could encrypt, nor a place that data are captured to."""
    resources = hosted(memory_size=4096, max_concurrency=20, provisioned_concurrency=3)
    config = resources.one("SageMaker::EndpointConfig")
    (variant,) = config["ProductionVariants"]

    assert {"MemorySizeInMB": 4096, "MaxConcurrency": 20, "ProvisionedConcurrency": 3} == variant[
        "ServerlessConfig"
    ]
    assert {"VariantName", "ModelName", "InitialVariantWeight", "ServerlessConfig"} == {*variant}
    assert {"ProductionVariants"} == {*config}


def test_nothing_is_kept_ready_unless_asked_for(hosted) -> None:
    """Without requests it costs nothing then."""
    resources = hosted()
    (variant,) = resources.one("SageMaker::EndpointConfig")["ProductionVariants"]

    assert {"MemorySizeInMB": 2048, "MaxConcurrency": 5} == variant["ServerlessConfig"]
    assert [] == resources.all("ApplicationAutoScaling::ScalableTarget")


def test_memory_may_have_a_unit(new_stack, new_sorter) -> None:
    """As sizes have everywhere in the CDK."""
    from aws_cdk import Size  # noqa: PLC0415 - after Node was found

    assert 3072 == new_sorter(new_stack(), memory_size=Size.gibibytes(3)).spec.memory_size


def test_scaling_follows_the_use_of_what_is_provisioned(hosted) -> None:
    """AWS publishes it as a share: 70 % are 0.7. Cool-downs are said, as AWS's defaults are not published."""
    scaling = ProvisionedConcurrencyScaling(max_capacity=5, target_percent=70, schedule=(NIGHT,))
    resources = hosted(provisioned_concurrency=2, scaling=scaling)
    target = resources.one("ApplicationAutoScaling::ScalableTarget")
    policy = resources.one("ApplicationAutoScaling::ScalingPolicy")[
        "TargetTrackingScalingPolicyConfiguration"
    ]

    assert (
        "sagemaker:variant:DesiredProvisionedConcurrency",
        "endpoint/sorter/variant/AllTraffic",
        1,
        5,
    ) == (
        target["ScalableDimension"],
        target["ResourceId"],
        target["MinCapacity"],
        target["MaxCapacity"],
    )
    assert 1 == len(target["ScheduledActions"])
    assert {"PredefinedMetricType": "SageMakerVariantProvisionedConcurrencyUtilization"} == policy[
        "PredefinedMetricSpecification"
    ]
    assert (0.7, 300, 300) == (policy["TargetValue"], policy["ScaleInCooldown"], policy["ScaleOutCooldown"])


def test_the_clock_alone_can_scale(hosted) -> None:
    """Scheduled actions, and no policy; the target waits for the endpoint that it names."""
    scaling = ScheduleScaling(max_capacity=4, schedule=(NIGHT,))
    resources = hosted(provisioned_concurrency=2, scaling=scaling)
    (target,) = [each for each in resources.by_id.values() if each["Type"].endswith("ScalableTarget")]

    assert [] == resources.all("ApplicationAutoScaling::ScalingPolicy")
    assert [resources.by_id[name]["Type"] for name in target["DependsOn"]] == ["AWS::SageMaker::Endpoint"]


@pytest.mark.parametrize("scaled", [True, False])
def test_an_update_keeps_what_scaling_chose(scaled: bool, hosted) -> None:
    """Without scaling, the template says how much there is."""
    scaling = ProvisionedConcurrencyScaling(max_capacity=5, target_percent=70) if scaled else None
    endpoint = hosted(provisioned_concurrency=1, scaling=scaling).one("SageMaker::Endpoint")

    assert scaled == endpoint.get("RetainAllVariantProperties", False)


def test_alarms_are_in_aws_s_units(hosted) -> None:
    """Shares of one, and microseconds; silence is no breach."""
    thresholds = ServerlessAlarms(overhead_latency=timedelta(seconds=2), model_latency=timedelta(seconds=1))
    alarms = {each["MetricName"]: each for each in hosted(alarms=thresholds).all("CloudWatch::Alarm")}

    assert {
        "Invocation5XXErrors": 0.05,
        "ModelLatency": 1_000_000,
        "ServerlessConcurrentExecutionsUtilization": 0.9,
        "OverheadLatency": 2_000_000,
    } == {name: each["Threshold"] for name, each in alarms.items()}
    assert {"notBreaching"} == {each["TreatMissingData"] for each in alarms.values()}


def test_a_deployment_is_taken_back_by_the_alarm_on_errors(hosted) -> None:
    """Unless others are given."""
    deployment = hosted(deployment=CanaryDeployment()).one("SageMaker::Endpoint")["DeploymentConfig"]

    assert 1 == len(deployment["AutoRollbackConfiguration"]["Alarms"])
    assert "CANARY" == deployment["BlueGreenUpdatePolicy"]["TrafficRoutingConfiguration"]["Type"]


def test_who_may_invoke_may_invoke_this_endpoint_only(new_stack, new_sorter, resources_of) -> None:
    """For a whole answer: AWS publishes no metric of streams for serverless endpoints."""
    from aws_cdk import aws_iam as iam  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    caller = iam.Role(stack, "Caller", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    new_sorter(stack).grant_invoke(caller)
    statement = resources_of(stack).statement("Caller", "sagemaker:InvokeEndpoint")

    assert "sagemaker:InvokeEndpoint" == statement["Action"]
    assert ":endpoint/sorter" == statement["Resource"]["Fn::Join"][1][-1]


def test_it_offers_the_metrics_that_aws_publishes_and_no_others(new_stack, new_sorter) -> None:
    """The list of AWS's guide is exhaustive: there is no use of CPUs, and no count per instance."""
    endpoint = new_sorter(new_stack())
    methods = [name for name in dir(ServerlessMetrics) if name.startswith("metric_")]
    named = {(metric.namespace, metric.metric_name) for metric in (getattr(endpoint, m)() for m in methods)}

    assert {(fact.namespace, fact.name) for fact in published_by("serverless")} == named
    assert serverless.MODEL_SETUP_TIME in published_by("serverless")
    assert metrics.CPU_UTILIZATION not in published_by("serverless")


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"memory_size": 1536}, "memory_size: not a memory size of SageMaker, got 1536MiB"),
        ({"max_concurrency": 201}, "max_concurrency: out of range"),
        ({"provisioned_concurrency": 6}, "provisioned_concurrency: more than max_concurrency"),
        ({"deployment": RollingDeployment()}, r"deployment\.policy: SageMaker does not roll"),
    ],
)
def test_fails_when_sagemaker_would_refuse_it(
    said: dict[str, Any], fault: str, new_stack, new_sorter
) -> None:
    """Before anything is synthesized."""
    with pytest.raises(FleetRefused, match=fault):
        new_sorter(new_stack(), **said)


def test_fails_when_the_model_needs_what_serverless_has_not(new_stack, new_model, new_sorter) -> None:
    """Isolation, a prefix of files, a VPC, a GPU."""
    from aws_cdk import aws_ec2 as ec2  # noqa: PLC0415 - after Node was found

    from pilotlight_cdk import ModelArtifact, ModelImage  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    prefix = ModelArtifact.from_uri("s3://bucket/model/")
    gpu = ModelImage.from_framework("huggingface-tgi", version="3.3.6", instance_type="ml.g5.xlarge")
    faults = {
        "network isolation": new_model(stack, "Isolated"),
        "not a prefix": new_model(stack, "Prefix", artifact=prefix, network_isolation=False),
        "no VPC": new_model(stack, "Vpc", vpc=ec2.Vpc(stack, "Net"), network_isolation=False),
        "no GPUs": new_model(stack, "Gpu", image=gpu, network_isolation=False),
    }
    for fault, model in faults.items():
        with pytest.raises(FleetRefused, match=fault):
            new_sorter(stack, model=model)


def test_from_spec_gives_the_constructor_everything(new_stack, new_model) -> None:
    """What a fleet file says arrives unchanged."""
    stack = new_stack()
    model = new_model(stack, network_isolation=False)
    spec = ServerlessSpec.model_validate(
        {
            "model": model.spec,
            "memory_size": "6GiB",
            "max_concurrency": 50,
            "provisioned_concurrency": 2,
            "scaling": {"track": "provisioned-concurrency", "max_capacity": 50, "target_percent": 60},
            "alarms": {"concurrency_percent": None, "overhead_latency": "900ms"},
            "deployment": {"policy": "linear"},
            "tags": {"team": "vision"},
        }
    )

    assert spec == ServerlessEndpoint.from_spec(stack, "Sorter", spec, model=model).spec


def test_it_leaves_no_finding(new_stack, new_sorter, findings_of) -> None:
    """Of AwsSolutionsChecks."""
    stack = new_stack()
    new_sorter(stack)

    assert [] == findings_of(stack)
