"""An endpoint of many models: its template, who may ask which model, who may publish, what scales it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from pilotlight.catalog import actions, metrics, multi_model
from pilotlight.catalog.metrics import MetricFact
from pilotlight.catalog.published import published_by
from pilotlight.spec import MultiModelSpec
from pilotlight_cdk import (
    FleetRefused,
    InvocationScaling,
    ModelArtifact,
    MultiModelAlarms,
    MultiModelEndpoint,
    ScheduledCapacity,
    ScheduleScaling,
)
from pilotlight_cdk.multi_model_metrics import MultiModelMetrics

LIVE = {
    "alarm_topic",
    "bucket",
    "core_dump_prefix",
    "encryption_key",
    "endpoint_name",
    "models_prefix",
    "rollback_alarms",
}
"""Keywords that a fleet file cannot hold, or that its stacks decide."""
OF_OTHER_STACKS = {"kind", "warm_up"}
REQUESTS = InvocationScaling(target_per_instance=225, max_capacity=2)
FACTS = {
    name.lower(): fact
    for module in (metrics, multi_model)
    for name, fact in vars(module).items()
    if isinstance(fact, MetricFact) and fact in published_by("multi-model")
}


@pytest.fixture(scope="session")
def new_tenants(new_model: Callable[..., Any]) -> Callable[..., Any]:
    """Give a maker of multi-model endpoints called `Tenants`."""

    def make(stack: Any, **keywords: Any) -> MultiModelEndpoint:
        keywords.setdefault("instance_type", "ml.g4dn.xlarge")
        keywords.setdefault("endpoint_name", "tenants")
        keywords.setdefault("model", None)
        model = keywords.pop("model")
        return MultiModelEndpoint(
            stack, "Tenants", model=new_model(stack) if model is None else model, **keywords
        )

    return make


@pytest.fixture
def hosted(new_stack: Any, new_tenants: Any, resources_of: Any) -> Callable[..., Any]:
    """Give what turns keywords into the resources of a stack with one endpoint."""

    def make(**keywords: Any) -> Any:
        stack = new_stack()
        new_tenants(stack, **keywords)
        return resources_of(stack)

    return make


def policies(resources: Any) -> dict[str, Any]:
    """The configurations of the scaling policies, by name."""
    return {
        each["PolicyName"]: each["TargetTrackingScalingPolicyConfiguration"]
        for each in resources.all("ApplicationAutoScaling::ScalingPolicy")
    }


def keywords() -> dict[str, Any]:
    """The keywords of the construct with their defaults."""
    parameters = inspect.signature(MultiModelEndpoint.__init__).parameters.values()
    return {each.name: each.default for each in parameters if each.kind is each.KEYWORD_ONLY}


def test_it_has_the_spec_s_names_and_live_references_only() -> None:
    """A key that is added on one side is missed on the other."""
    assert {*MultiModelSpec.model_fields} - OF_OTHER_STACKS == {*keywords()} - LIVE


@pytest.mark.parametrize(
    "name", sorted({*MultiModelSpec.model_fields} - OF_OTHER_STACKS - {"model", "instance_type"})
)
def test_a_default_is_the_spec_s(name: str) -> None:
    """Leaving a keyword out means the same in Python and YAML."""
    assert MultiModelSpec.model_fields[name].default == keywords()[name]


def test_from_spec_gives_the_constructor_everything(new_stack, new_model) -> None:
    """What a fleet file says arrives unchanged."""
    stack = new_stack()
    model = new_model(stack)
    spec = MultiModelSpec.model_validate(
        {
            "model": model.spec,
            "instance_type": "ml.g4dn.2xlarge",
            "initial_instance_count": 2,
            "scaling": {"track": "invocations", "target_per_instance": 225.0, "max_capacity": 4},
            "gpu_memory_percent": 80.0,
            "model_cache_setting": "Disabled",
            "model_memory": 900,
            "alarms": {"model_cache_hit_percent": 50.0},
            "deployment": {"policy": "canary"},
            "container_startup_health_check_timeout": "5m",
            "volume_size": "20GiB",
            "tags": {"team": "search"},
        }
    )

    assert spec == MultiModelEndpoint.from_spec(stack, "Tenants", spec, model=model).spec


def test_the_container_is_told_where_the_models_are(hosted) -> None:
    """By ModelDataUrl and mode MultiModel: ModelDataSource does not work here."""
    container = hosted(model_memory=900).one("SageMaker::Model")["PrimaryContainer"]

    assert "MultiModel" == container["Mode"]
    assert "/models/tenants/" == container["ModelDataUrl"]["Fn::Join"][1][-1]
    assert {"ModelCacheSetting": "Enabled"} == container["MultiModelConfig"]
    assert {"PILOTLIGHT_MODEL_MEMORY_MIB": "900"} == container["Environment"]
    assert "ModelDataSource" not in container


def test_a_cache_can_be_switched_off(hosted) -> None:
    """Each model then leaves after its answer."""
    container = hosted(model_cache_setting="Disabled").one("SageMaker::Model")["PrimaryContainer"]

    assert {"ModelCacheSetting": "Disabled"} == container["MultiModelConfig"]
    assert "Environment" not in container


def test_the_role_reads_the_models_and_nothing_else(hosted) -> None:
    """Of all prefixes of the bucket only this one."""
    resources = hosted()
    read = resources.statement("ModelRole", actions.GET_OBJECT)

    assert "/models/tenants/*" == read["Resource"]["Fn::Join"][1][-1]
    listing = resources.statement("ModelRole", actions.LIST_BUCKET)
    assert {"StringLike": {"s3:prefix": "models/tenants/*"}} == listing["Condition"]


def test_nothing_is_said_about_routing(hosted) -> None:
    """SageMaker sends requests to where their model is loaded."""
    (variant,) = hosted().one("SageMaker::EndpointConfig")["ProductionVariants"]

    assert "RoutingConfig" not in variant


def test_a_caller_may_ask_every_model(new_stack, new_tenants, resources_of) -> None:
    """Unless target models are named."""
    statement = granted(
        new_stack, new_tenants, resources_of, lambda endpoint, role: endpoint.grant_invoke(role)
    )

    assert ":endpoint/tenants" == statement["Resource"]["Fn::Join"][1][-1]
    assert "Condition" not in statement


def test_a_caller_may_be_limited_to_a_tenant_s_models(new_stack, new_tenants, resources_of) -> None:
    """By the condition key, with wildcards."""
    names = ["acme/*", "shared.tar.gz"]
    statement = granted(
        new_stack,
        new_tenants,
        resources_of,
        lambda endpoint, role: endpoint.grant_invoke(role, target_models=names),
    )

    assert {"StringLike": {"sagemaker:TargetModel": names}} == statement["Condition"]


def granted(new_stack: Any, new_tenants: Any, resources_of: Any, grant: Callable[[Any, Any], Any]) -> Any:
    """The statement that lets a role invoke an endpoint."""
    from aws_cdk import aws_iam as iam  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    grant(new_tenants(stack), iam.Role(stack, "Caller", assumed_by=iam.ServicePrincipal("ec2.amazonaws.com")))
    return resources_of(stack).statement("Caller", actions.INVOKE_ENDPOINT)


def test_a_caller_of_an_endpoint_that_exists_may_be_limited_too(new_stack, resources_of) -> None:
    """Who created it makes no difference to its callers."""
    from aws_cdk import aws_iam as iam  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    caller = iam.Role(stack, "Caller", assumed_by=iam.AccountRootPrincipal())
    tenants = MultiModelEndpoint.from_endpoint_name(stack, "Tenants", "tenants")
    tenants.grant_invoke(caller, target_models=["acme/*"])
    (statement,) = resources_of(stack).statements("Caller")

    assert {"StringLike": {"sagemaker:TargetModel": ["acme/*"]}} == statement["Condition"]
    assert ":endpoint/tenants" == statement["Resource"]["Fn::Join"][1][-1]
    assert "tenants" in str(tenants.metric_model_cache_hit().dimensions)
    assert tenants.endpoint_arn == tenants.endpoint_ref.endpoint_arn


def test_a_publisher_writes_below_the_prefix_only(new_stack, new_tenants, resources_of, findings_of) -> None:
    """It puts artefacts, in parts too, lists them and uses the key; it cannot read or delete them."""
    from aws_cdk import aws_iam as iam  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    endpoint = new_tenants(stack)
    role = iam.Role(stack, "Publisher", assumed_by=iam.ServicePrincipal("ec2.amazonaws.com"))
    endpoint.grant_publish_models(role)
    resources = resources_of(stack)
    put = resources.statement("Publisher", actions.PUT_OBJECT)
    allowed = {
        action
        for statement in resources.statements("Publisher")
        for action in ([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
    }

    assert "/models/tenants/*" == put["Resource"]["Fn::Join"][1][-1]
    assert {
        actions.ABORT_MULTIPART_UPLOAD,
        actions.KMS_DECRYPT,
        actions.KMS_GENERATE_DATA_KEY,
        actions.LIST_BUCKET,
        actions.PUT_OBJECT,
    } == allowed
    assert [] == findings_of(role)


def test_memory_only_ever_adds_instances(hosted) -> None:
    """And no other policy takes away what it added: the memory of those that stay would be as full."""
    found = policies(hosted(scaling=REQUESTS, gpu_memory_percent=80))
    memory, requests = found["gpu-memory-of-AllTraffic"], found["invocations-of-AllTraffic"]

    assert (80, True) == (memory["TargetValue"], memory["DisableScaleIn"])
    assert "GPUMemoryUtilization" == memory["CustomizedMetricSpecification"]["MetricName"]
    assert (225, True) == (requests["TargetValue"], requests["DisableScaleIn"])


def test_instances_are_taken_away_when_that_is_asked_for(hosted) -> None:
    """Whoever knows better says so; memory itself still never takes any away."""
    scaling = REQUESTS.model_copy(update={"disable_scale_in": False})
    found = policies(hosted(scaling=scaling, gpu_memory_percent=80))

    assert "DisableScaleIn" not in found["invocations-of-AllTraffic"]
    assert found["gpu-memory-of-AllTraffic"]["DisableScaleIn"] is True


def test_requests_alone_scale_both_ways(hosted) -> None:
    """Without a look at memory there is nothing to flap."""
    (policy,) = policies(hosted(scaling=REQUESTS)).values()

    assert "DisableScaleIn" not in policy


def test_memory_goes_with_a_schedule(hosted) -> None:
    """Bounds by the clock, instances by memory."""
    night = ScheduledCapacity(at="cron(0 20 * * ? *)", min_capacity=1, max_capacity=1)
    resources = hosted(scaling=ScheduleScaling(max_capacity=3, schedule=(night,)), gpu_memory_percent=80)

    assert ["gpu-memory-of-AllTraffic"] == [*policies(resources)]


def test_alarms_watch_the_loading_of_models(hosted) -> None:
    """Half of the 60 s after which SageMaker refuses, in microseconds; hits when somebody knows how many."""
    alarms = {
        each["MetricName"]: each
        for each in hosted(alarms=MultiModelAlarms(model_cache_hit_percent=90.0)).all("CloudWatch::Alarm")
    }

    assert 30_000_000 == alarms["ModelLoadingWaitTime"]["Threshold"]
    hits = alarms["ModelCacheHit"]
    assert (0.9, "LessThanThreshold") == (hits["Threshold"], hits["ComparisonOperator"])


@pytest.mark.parametrize("name", sorted(FACTS))
def test_there_is_a_method_for_each_published_metric(name: str) -> None:
    """With its namespace, its dimensions and its statistic."""
    endpoint = MultiModelMetrics()
    endpoint.endpoint_name = "tenants"
    metric = getattr(endpoint, f"metric_{name}")()

    fact = FACTS[name]
    assert (fact.namespace, fact.name, fact.statistic) == (
        metric.namespace,
        metric.metric_name,
        metric.statistic,
    )


def test_there_is_no_method_for_a_metric_that_is_not_published() -> None:
    """Streams name no target model, so many models never stream."""
    methods = {name.removeprefix("metric_") for name in dir(MultiModelMetrics) if name.startswith("metric_")}

    assert {*FACTS} == methods


def test_fails_when_the_model_has_files_of_its_own(new_stack, new_model, new_tenants) -> None:
    """They would be one more model, or none."""
    stack = new_stack()
    model = new_model(stack, artifact=ModelArtifact.from_uri("s3://models/one.tar.gz"))

    with pytest.raises(FleetRefused, match="has none of its own"):
        new_tenants(stack, model=model)


def test_fails_when_a_model_is_given_to_two_endpoints(new_stack, new_model, new_tenants) -> None:
    """The second one would take the container's prefix away from the first."""
    stack = new_stack()
    model = new_model(stack)
    new_tenants(stack, model=model)

    with pytest.raises(FleetRefused, match="has none of its own"):
        MultiModelEndpoint(stack, "Second", model=model, instance_type="ml.m5.large")


def test_fails_when_the_instances_have_several_gpus(new_stack, new_tenants) -> None:
    """In the words of the fleet file."""
    with pytest.raises(FleetRefused, match=r"cannot host many models, got ml\.g4dn\.12xlarge"):
        new_tenants(new_stack(), instance_type="ml.g4dn.12xlarge")


def test_nothing_is_left_for_the_policy_pack(new_stack, new_tenants, findings_of) -> None:
    """AwsSolutionsChecks, on an endpoint with everything of its own."""
    stack = new_stack()
    new_tenants(stack, scaling=REQUESTS, gpu_memory_percent=80)

    assert [] == findings_of(stack)
