"""A real-time endpoint: what it becomes in a template, who may call it, what watches and scales it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from pilotlight.catalog import metrics
from pilotlight.spec import RealtimeSpec
from pilotlight_cdk import (
    CanaryDeployment,
    ConcurrencyScaling,
    DataCapture,
    FleetRefused,
    InvocationScaling,
    RealtimeAlarms,
    RealtimeEndpoint,
    ScheduledCapacity,
    ScheduleScaling,
    UtilizationScaling,
    Variant,
)
from pilotlight_cdk.realtime_metrics import RealtimeMetrics

LIVE = {
    "alarm_topic",
    "bucket",
    "core_dump_prefix",
    "capture_prefix",
    "encryption_key",
    "endpoint_name",
    "rollback_alarms",
}
"""Keywords that a fleet file cannot hold, or that its stacks decide."""
OF_OTHER_STACKS = {"kind", "warm_up"}
"""Keys of a fleet file that are no keywords: they choose the construct, or become another one."""

FACTS = {name.lower(): fact for name, fact in vars(metrics).items() if isinstance(fact, metrics.MetricFact)}
REALTIME = {name: fact for name, fact in FACTS.items() if "realtime" in fact.kinds}


@pytest.fixture(scope="session")
def new_ranker(new_model: Callable[..., Any]) -> Callable[..., Any]:
    """Give a maker of real-time endpoints called `Ranker`."""

    def make(stack: Any, **keywords: Any) -> RealtimeEndpoint:
        keywords.setdefault("instance_type", "ml.m5.large")
        keywords.setdefault("endpoint_name", "ranker")
        return RealtimeEndpoint(stack, "Ranker", model=new_model(stack), **keywords)

    return make


@pytest.fixture
def hosted(new_stack: Any, new_ranker: Any, resources_of: Any) -> Callable[..., Any]:
    """Give what turns keywords into the resources of a stack with one endpoint."""

    def make(**keywords: Any) -> Any:
        stack = new_stack()
        new_ranker(stack, **keywords)
        return resources_of(stack)

    return make


def keywords() -> dict[str, Any]:
    """The keywords of the construct with their defaults."""
    parameters = inspect.signature(RealtimeEndpoint.__init__).parameters.values()
    return {each.name: each.default for each in parameters if each.kind is each.KEYWORD_ONLY}


def test_it_has_the_spec_s_names_and_live_references_only() -> None:
    """A key that is added on one side is missed on the other."""
    assert {*RealtimeSpec.model_fields} - OF_OTHER_STACKS == {*keywords()} - LIVE


@pytest.mark.parametrize(
    "name", sorted({*RealtimeSpec.model_fields} - OF_OTHER_STACKS - {"model", "instance_type"})
)
def test_a_default_is_the_spec_s(name: str) -> None:
    """Leaving a keyword out means the same in Python and YAML."""
    assert RealtimeSpec.model_fields[name].default == keywords()[name]


def test_requests_go_where_the_fewest_are(hosted) -> None:
    """Unless something else is asked for."""
    (variant,) = hosted().one("SageMaker::EndpointConfig")["ProductionVariants"]

    assert {"RoutingStrategy": "LEAST_OUTSTANDING_REQUESTS"} == variant["RoutingConfig"]
    assert ("AllTraffic", 1, 1) == (
        variant["VariantName"],
        variant["InitialInstanceCount"],
        variant["InitialVariantWeight"],
    )


def test_prefix_aware_routing_carries_its_numbers(hosted) -> None:
    """Both of them."""
    resources = hosted(routing_strategy="PREFIX_AWARE", prefix_length=2048, concurrency_threshold=8)
    (variant,) = resources.one("SageMaker::EndpointConfig")["ProductionVariants"]

    assert {
        "RoutingStrategy": "PREFIX_AWARE",
        "PrefixAwareRoutingConfig": {"PrefixLength": 2048, "ConcurrencyThreshold": 8},
    } == variant["RoutingConfig"]


def test_weight_0_is_a_weight(new_stack, new_ranker, new_model, resources_of) -> None:
    """The variant takes only requests that name it."""
    stack = new_stack()
    shadow = Variant(new_model(stack, "Shadow"), "ml.m5.xlarge", weight=0)
    new_ranker(stack, variants={"shadow": shadow})
    variants = resources_of(stack).one("SageMaker::EndpointConfig")["ProductionVariants"]

    assert [("AllTraffic", 1, "ml.m5.large"), ("shadow", 0, "ml.m5.xlarge")] == [
        (each["VariantName"], each["InitialVariantWeight"], each["InstanceType"]) for each in variants
    ]
    assert variants[0]["ModelName"] != variants[1]["ModelName"]


def test_every_variant_is_scaled_and_watched_by_its_name(
    new_stack, new_ranker, new_model, resources_of
) -> None:
    """The dimension is what tells them apart."""
    stack = new_stack()
    scaling = InvocationScaling(max_capacity=3, target_per_instance=100)
    canary = Variant(new_model(stack, "Canary"), "ml.m5.large", scaling=scaling)
    ranker = new_ranker(stack, variants={"canary": canary})
    resources = resources_of(stack)

    assert (
        "endpoint/ranker/variant/canary"
        == resources.one("ApplicationAutoScaling::ScalableTarget")["ResourceId"]
    )
    assert [{"Name": "EndpointName", "Value": "ranker"}, {"Name": "VariantName", "Value": "canary"}] in [
        each["Dimensions"] for each in resources.all("CloudWatch::Alarm")
    ]
    assert "canary" == ranker.variant("canary").metric_invocations().dimensions["VariantName"]
    with pytest.raises(LookupError, match="allowed AllTraffic, canary"):
        ranker.variant("nope")


@pytest.mark.parametrize(
    ("scaling", "expected"),
    [
        (
            InvocationScaling(max_capacity=2, target_per_instance=225),
            {"PredefinedMetricType": "SageMakerVariantInvocationsPerInstance", "TargetValue": 225},
        ),
        (
            ConcurrencyScaling(max_capacity=2, target_per_instance=4),
            {
                "PredefinedMetricType": "SageMakerVariantConcurrentRequestsPerModelHighResolution",
                "TargetValue": 4,
            },
        ),
    ],
    ids=["invocations", "concurrency"],
)
def test_scaling_follows_a_metric_of_requests(scaling: Any, expected: dict[str, Any], hosted) -> None:
    """By the name that Application Auto Scaling has for it."""
    policy = hosted(scaling=scaling).one("ApplicationAutoScaling::ScalingPolicy")
    config = policy["TargetTrackingScalingPolicyConfiguration"]

    assert expected == {**config["PredefinedMetricSpecification"], "TargetValue": config["TargetValue"]}
    assert (300, 300) == (config["ScaleInCooldown"], config["ScaleOutCooldown"])


def test_scaling_on_utilisation_sums_over_the_gpus(hosted) -> None:
    """80 % of four GPUs are 320; GPU memory does not scale in."""
    scaling = UtilizationScaling(metric="gpu-memory", target_percent=80, max_capacity=4)
    resources = hosted(instance_type="ml.g5.12xlarge", scaling=scaling)
    config = resources.one("ApplicationAutoScaling::ScalingPolicy")[
        "TargetTrackingScalingPolicyConfiguration"
    ]
    metric = config["CustomizedMetricSpecification"]

    assert (320, True) == (config["TargetValue"], config["DisableScaleIn"])
    assert ("/aws/sagemaker/Endpoints", "GPUMemoryUtilization") == (metric["Namespace"], metric["MetricName"])


def test_the_clock_alone_can_scale(hosted) -> None:
    """Scheduled actions, and no policy."""
    at = ScheduledCapacity(
        at="cron(0 8 ? * MON-FRI *)", timezone="Europe/Berlin", min_capacity=2, max_capacity=6
    )
    resources = hosted(scaling=ScheduleScaling(max_capacity=6, schedule=(at,)))
    (action,) = resources.one("ApplicationAutoScaling::ScalableTarget")["ScheduledActions"]

    assert [] == resources.all("ApplicationAutoScaling::ScalingPolicy")
    assert ("cron(0 8 ? * MON-FRI *)", "Europe/Berlin", {"MinCapacity": 2, "MaxCapacity": 6}) == (
        action["Schedule"],
        action["Timezone"],
        action["ScalableTargetAction"],
    )


@pytest.mark.parametrize("scaled", [True, False])
def test_an_update_keeps_the_capacity_that_scaling_chose(scaled: bool, hosted) -> None:
    """Without scaling, the template says how many there are."""
    scaling = InvocationScaling(max_capacity=2, target_per_instance=1) if scaled else None
    endpoint = hosted(scaling=scaling).one("SageMaker::Endpoint")

    assert scaled == endpoint.get("RetainAllVariantProperties", False)


def test_latency_is_watched_in_microseconds(hosted) -> None:
    """AWS's unit: half a second is half a million."""
    alarms = {
        each["MetricName"]: each
        for each in hosted(alarms=RealtimeAlarms(model_latency=timedelta(milliseconds=500))).all(
            "CloudWatch::Alarm"
        )
    }

    assert (500_000, "Average") == (alarms["ModelLatency"]["Threshold"], alarms["ModelLatency"]["Statistic"])
    assert (0.05, "Average") == (
        alarms["Invocation5XXErrors"]["Threshold"],
        alarms["Invocation5XXErrors"]["Statistic"],
    )
    assert {"notBreaching"} == {each["TreatMissingData"] for each in alarms.values()}


def test_the_slowest_requests_are_watched_where_that_is_asked_for(hosted) -> None:
    """One in a thousand may take longer; both parts of a request's time are looked at."""
    limit = timedelta(seconds=2)
    terms = RealtimeAlarms(
        model_latency=limit, overhead_latency=limit / 2, latency_percentile=99.9, server_error_percent=None
    )
    alarms = {each["MetricName"]: each for each in hosted(alarms=terms).all("CloudWatch::Alarm")}

    assert {"ModelLatency": (2_000_000, "p99.9"), "OverheadLatency": (1_000_000, "p99.9")} == {
        name: (each["Threshold"], each["ExtendedStatistic"]) for name, each in alarms.items()
    }
    assert (
        "The model of ranker takes 2s or longer for the slowest 0.1 %"
        == (alarms["ModelLatency"]["AlarmDescription"])
    )


def test_captured_data_go_to_their_prefix_and_the_model_may_write_them(hosted) -> None:
    """Encrypted with the endpoint's key."""
    resources = hosted(data_capture=DataCapture(sampling_percent=10, capture=("output",)))
    capture = resources.one("SageMaker::EndpointConfig")["DataCaptureConfig"]

    assert (10, [{"CaptureMode": "Output"}]) == (
        capture["InitialSamplingPercentage"],
        capture["CaptureOptions"],
    )
    assert "/capture/ranker" == capture["DestinationS3Uri"]["Fn::Join"][1][-1]
    assert resources.statement("ModelRole", "s3:PutObject")


@pytest.mark.parametrize(("instance_type", "expected"), [("ml.m5.large", True), ("ml.g5.xlarge", False)])
def test_volumes_have_the_key_where_there_are_volumes(instance_type: str, expected: bool, hosted) -> None:
    """Local NVMe disks are encrypted by the hardware."""
    config = hosted(instance_type=instance_type).one("SageMaker::EndpointConfig")

    assert expected == ("KmsKeyId" in config)


def test_who_may_invoke_may_also_stream(new_stack, new_ranker, resources_of) -> None:
    """On this endpoint and no other."""
    from aws_cdk import aws_iam as iam  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    caller = iam.Role(stack, "Caller", assumed_by=iam.AccountRootPrincipal())
    new_ranker(stack).grant_invoke(caller)
    (statement,) = resources_of(stack).statements("Caller")

    assert ["sagemaker:InvokeEndpoint", "sagemaker:InvokeEndpointWithResponseStream"] == statement["Action"]
    assert ":endpoint/ranker" == statement["Resource"]["Fn::Join"][1][-1]


def test_the_cdk_takes_it_for_an_endpoint(new_stack, new_ranker, resources_of) -> None:
    """API Gateway's integration asks for `aws_sagemaker.IEndpoint`."""
    from aws_cdk import aws_apigateway as apigateway  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    ranker = new_ranker(stack)
    apigateway.RestApi(stack, "Api").root.add_method("POST", apigateway.SagemakerIntegration(ranker))
    uri = resources_of(stack).one("ApiGateway::Method")["Integration"]["Uri"]

    assert "endpoints/ranker/invocations" in str(uri)
    assert ranker.cfn_endpoint == ranker.node.default_child


def test_an_endpoint_that_exists_can_be_granted_watched_and_integrated(new_stack, resources_of) -> None:
    """Nothing of it is created here; its name may be a parameter."""
    from aws_cdk import CfnParameter  # noqa: PLC0415 - after Node was found
    from aws_cdk import aws_apigateway as apigateway  # noqa: PLC0415
    from aws_cdk import aws_iam as iam  # noqa: PLC0415

    stack = new_stack()
    name = CfnParameter(stack, "Name").value_as_string
    ranker = RealtimeEndpoint.from_endpoint_name(stack, "Ranker", name)
    caller = iam.Role(stack, "Caller", assumed_by=iam.AccountRootPrincipal())
    ranker.grant_invoke(caller)
    ranker.metric_model_latency().create_alarm(stack, "Slow", threshold=1, evaluation_periods=1)
    apigateway.RestApi(stack, "Api").root.add_method("POST", apigateway.SagemakerIntegration(ranker))
    resources = resources_of(stack)
    (statement,) = resources.statements("Caller")

    assert {"Ref": "Name"} == statement["Resource"]["Fn::Join"][1][-1]
    assert {"Name": "EndpointName", "Value": {"Ref": "Name"}} in (
        resources.one("CloudWatch::Alarm")["Dimensions"]
    )
    assert {"Ref": "Name"} in resources.one("ApiGateway::Method")["Integration"]["Uri"]["Fn::Join"][1]
    assert "canary" in str(ranker.variant("canary").metric_invocations().dimensions)
    assert ranker.endpoint_arn == ranker.endpoint_ref.endpoint_arn
    assert [] == resources.all("SageMaker::Endpoint")


def test_a_careful_update_is_taken_back_when_the_model_fails(hosted) -> None:
    """The endpoint's own alarm decides, and its role may look at it."""
    resources = hosted(deployment=CanaryDeployment())
    (alarm,) = resources.one("SageMaker::Endpoint")["DeploymentConfig"]["AutoRollbackConfiguration"]["Alarms"]

    assert "Invocation5XXErrors" == resources.by_id[alarm["AlarmName"]["Ref"]]["Properties"]["MetricName"]
    assert resources.statement("ModelRole", "cloudwatch:DescribeAlarms")


def test_nothing_is_left_to_the_security_checks(new_stack, new_ranker, findings_of) -> None:
    """AwsSolutions has no finding that is not acknowledged where it stands."""
    stack = new_stack()
    new_ranker(
        stack, data_capture=DataCapture(), scaling=InvocationScaling(max_capacity=2, target_per_instance=1)
    )

    assert [] == findings_of(stack)


def test_there_is_a_method_for_each_metric() -> None:
    """Nothing that is published is left out, nothing that is not is offered."""
    methods = {name.removeprefix("metric_") for name in dir(RealtimeMetrics) if name.startswith("metric_")}

    assert {*REALTIME} == methods


@pytest.mark.parametrize("name", sorted(REALTIME))
def test_a_method_gives_its_metric_as_aws_publishes_it(name: str) -> None:
    """Namespace, name and dimensions are the catalogue's."""
    fact = REALTIME[name]
    named = type("Named", (RealtimeMetrics,), {"endpoint_name": "ranker"})()
    metric: Any = getattr(named, f"metric_{name}")()

    assert (fact.namespace, fact.name, fact.statistic) == (
        metric.namespace,
        metric.metric_name,
        metric.statistic,
    )
    assert {"EndpointName": "ranker", "VariantName": "AllTraffic"} == metric.dimensions


def test_fails_with_every_fault_at_once(new_stack, new_ranker) -> None:
    """In the words of the fleet file."""
    with pytest.raises(FleetRefused) as refused:
        new_ranker(new_stack("Faulty"), instance_type="ml.m5.lagre", initial_instance_count=0, weight=-1)

    assert ["instance_type", "initial_instance_count", "weight"] == [
        fault.path.removeprefix("Faulty/Ranker.") for fault in refused.value.refusals
    ]


def test_from_spec_gives_the_constructor_everything(new_stack, new_model) -> None:
    """What a fleet file says arrives unchanged."""
    stack = new_stack()
    model, other = new_model(stack), new_model(stack, "Other")
    spec = RealtimeSpec.model_validate(
        {
            "model": model.spec,
            "instance_type": "ml.c5.xlarge",
            "initial_instance_count": 2,
            "scaling": {"track": "concurrency", "max_capacity": 4, "target_per_instance": 2},
            "routing_strategy": "PREFIX_AWARE",
            "prefix_length": 1024,
            "concurrency_threshold": 4,
            "weight": 3,
            "variants": {"canary": {"model": other.spec, "instance_type": "ml.c5.large", "weight": 1}},
            "data_capture": {"sampling_percent": 5},
            "alarms": {"server_error_percent": None, "model_latency": "2s"},
            "deployment": {"policy": "linear"},
            "model_data_download_timeout": "10m",
            "container_startup_health_check_timeout": "5m",
            "volume_size": "20GiB",
            "tags": {"team": "vision"},
        }
    )
    built = RealtimeEndpoint.from_spec(stack, "Ranker", spec, model=model, variant_models={"canary": other})

    assert spec == built.spec
