"""Endpoints of several containers: what they become in a template, who may call them, what watches them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from pilotlight.catalog import containers, metrics
from pilotlight.spec import MultiContainerSpec, PipelineSpec
from pilotlight_cdk import (
    CanaryDeployment,
    ConcurrencyScaling,
    Container,
    ContainerModel,
    DataCapture,
    FleetRefused,
    ModelArtifact,
    ModelImage,
    MultiContainerEndpoint,
    PipelineEndpoint,
    RealtimeAlarms,
)
from pilotlight_cdk.container_metrics import ContainerMetrics, StepMetrics

from .conftest import IMAGE

LIVE = {
    "alarm_topic",
    "bucket",
    "capture_prefix",
    "encryption_key",
    "endpoint_name",
    "model",
    "rollback_alarms",
}
"""Keywords that a fleet file cannot hold, or that its stacks decide."""
OF_THE_MODEL = {"kind", "containers"}
"""Keys of a fleet file that are no keywords: they choose the construct, or belong to its model."""
KINDS = [(MultiContainerEndpoint, MultiContainerSpec), (PipelineEndpoint, PipelineSpec)]
EITHER = pytest.mark.parametrize("construct", [MultiContainerEndpoint, PipelineEndpoint])


@pytest.fixture(scope="session")
def new_containers() -> Callable[..., ContainerModel]:
    """Give a maker of models of two containers, `clean` and `sort`."""

    def make(stack: Any, id: str = "Model", **keywords: Any) -> ContainerModel:
        files = ModelArtifact.from_uri("s3://models/sort/model.tar.gz")
        clean = Container(image=ModelImage.from_uri(IMAGE), environment={"LOUD": "no"})
        sort = Container(image=ModelImage.from_framework("scikit-learn", version="1.4-2"), artifact=files)
        keywords.setdefault("containers", {"clean": clean, "sort": sort})
        return ContainerModel(stack, id, **keywords)

    return make


@pytest.fixture(scope="session")
def new_endpoint_of(new_containers: Callable[..., ContainerModel]) -> Callable[..., Any]:
    """Give a maker of such endpoints called `Desk`."""

    def make(construct: Any, stack: Any, **keywords: Any) -> Any:
        keywords.setdefault("instance_type", "ml.m5.xlarge")
        keywords.setdefault("endpoint_name", "desk")
        model = keywords.pop("model", None) or new_containers(stack)
        return construct(stack, "Desk", model=model, **keywords)

    return make


@pytest.fixture
def hosted(new_stack: Any, new_endpoint_of: Any, resources_of: Any) -> Callable[..., Any]:
    """Give what turns a construct and keywords into the resources of a stack with one endpoint."""

    def make(construct: Any, **keywords: Any) -> Any:
        stack = new_stack()
        new_endpoint_of(construct, stack, **keywords)
        return resources_of(stack)

    return make


def keywords(construct: Any) -> dict[str, Any]:
    """The keywords of a construct with their defaults."""
    parameters = inspect.signature(construct.__init__).parameters.values()
    return {each.name: each.default for each in parameters if each.kind is each.KEYWORD_ONLY}


@pytest.mark.parametrize(("construct", "spec"), KINDS)
def test_they_have_the_spec_s_names_and_live_references_only(construct: Any, spec: Any) -> None:
    """A key that is added on one side is missed on the other."""
    assert {*spec.model_fields} - OF_THE_MODEL == {*keywords(construct)} - LIVE


@pytest.mark.parametrize(("construct", "spec"), KINDS)
def test_their_defaults_are_the_spec_s(construct: Any, spec: Any) -> None:
    """Leaving a keyword out means the same in Python and YAML."""
    names = {*spec.model_fields} - OF_THE_MODEL - {"instance_type"}

    assert {name: spec.model_fields[name].default for name in names} == {
        name: keywords(construct)[name] for name in names
    }


@pytest.mark.parametrize(
    ("construct", "mode"), [(MultiContainerEndpoint, "Direct"), (PipelineEndpoint, "Serial")]
)
def test_all_containers_are_one_model_under_their_names(construct: Any, mode: str, hosted) -> None:
    """In their order, and never as its primary container."""
    model = hosted(construct).one("SageMaker::Model")

    assert {"Mode": mode} == model["InferenceExecutionConfig"]
    assert ["clean", "sort"] == [each["ContainerHostname"] for each in model["Containers"]]
    assert [{"LOUD": "no"}, "inference.py"] == [
        model["Containers"][0]["Environment"],
        model["Containers"][1]["Environment"]["SAGEMAKER_PROGRAM"],
    ]
    assert "PrimaryContainer" not in model


def test_a_prefix_of_files_is_fine_for_a_container(new_stack, new_containers, resources_of) -> None:
    """AWS lists where ModelDataSource does not work: several containers are not among it."""
    files = Container(
        ModelImage.from_uri(IMAGE), ModelArtifact.from_uri("s3://models/one/"), accept_eula=True
    )
    stack = new_stack()
    new_containers(stack, containers={"a": files, "b": Container(ModelImage.from_uri(IMAGE))})
    first, _ = resources_of(stack).one("SageMaker::Model")["Containers"]

    assert "s3://models/one/" == first["ModelDataSource"]["S3DataSource"]["S3Uri"]
    assert {"AcceptEula": True} == first["ModelDataSource"]["S3DataSource"]["ModelAccessConfig"]


@EITHER
def test_their_one_role_may_do_what_each_of_them_needs(construct: Any, hosted) -> None:
    """Both images, and the files of the second container."""
    resources = hosted(construct)
    pulls = [each for each in resources.statements("ModelRole") if "ecr:BatchGetImage" in each["Action"]]

    assert {"ours", "sagemaker-scikit-learn"} == {each["Resource"].rpartition("/")[2] for each in pulls}
    assert resources.statement("ModelRole", "s3:GetObject")
    assert resources.one("SageMaker::Model")["EnableNetworkIsolation"]


@EITHER
def test_requests_go_where_the_fewest_are(construct: Any, hosted) -> None:
    """Unless something else is asked for; volumes have the endpoint's key."""
    config = hosted(construct).one("SageMaker::EndpointConfig")
    (variant,) = config["ProductionVariants"]

    assert {"RoutingStrategy": "LEAST_OUTSTANDING_REQUESTS"} == variant["RoutingConfig"]
    assert ("AllTraffic", "ml.m5.xlarge", 1) == (
        variant["VariantName"],
        variant["InstanceType"],
        variant["InitialInstanceCount"],
    )
    assert "KmsKeyId" in config


@EITHER
def test_they_are_scaled_watched_and_captured_as_any_real_time_endpoint(construct: Any, hosted) -> None:
    """By the same parts."""
    resources = hosted(
        construct,
        scaling=ConcurrencyScaling(max_capacity=3, target_per_instance=4),
        data_capture=DataCapture(sampling_percent=10),
        deployment=CanaryDeployment(),
    )
    endpoint = resources.one("SageMaker::Endpoint")

    assert (
        "endpoint/desk/variant/AllTraffic"
        == (resources.one("ApplicationAutoScaling::ScalableTarget")["ResourceId"])
    )
    assert endpoint["RetainAllVariantProperties"]
    assert endpoint["DeploymentConfig"]["AutoRollbackConfiguration"]["Alarms"]
    assert (
        10 == (resources.one("SageMaker::EndpointConfig")["DataCaptureConfig"]["InitialSamplingPercentage"])
    )
    assert {"Invocation5XXErrors"} == {each["MetricName"] for each in resources.all("CloudWatch::Alarm")}
    assert resources.statement("ModelRole", "s3:PutObject")


@pytest.mark.parametrize(
    ("construct", "watched"), [(MultiContainerEndpoint, ["clean", "sort"]), (PipelineEndpoint, [])]
)
def test_each_container_that_can_be_named_is_watched_by_itself(
    construct: Any, watched: list[str], hosted
) -> None:
    """One that fails would hide behind busy ones; AWS publishes no errors of the steps of a pipeline."""
    alarms = hosted(construct, alarms=RealtimeAlarms(model_latency=timedelta(seconds=2))).all(
        "CloudWatch::Alarm"
    )
    of_container = {
        (each["Dimensions"][0]["Value"], each["MetricName"], each["Threshold"])
        for each in alarms
        if "ContainerName" == each["Dimensions"][0]["Name"]
    }

    assert of_container == {
        (name, metric, threshold)
        for name in watched
        for metric, threshold in (("Invocation5XXErrors", 0.05), ("ContainerLatency", 2_000_000))
    }
    assert 2 + 2 * len(watched) == len(alarms)


def test_some_containers_can_be_granted_without_the_others(new_stack, new_endpoint_of, resources_of) -> None:
    """By the condition key that AWS's guide names; nothing else of the endpoint."""
    from aws_cdk import aws_iam as iam  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    endpoint = new_endpoint_of(MultiContainerEndpoint, stack)
    some, every = (
        iam.Role(stack, name, assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        for name in ("Some", "Every")
    )
    endpoint.grant_invoke(some, containers=["sort"])
    endpoint.grant_invoke(every)
    resources = resources_of(stack)
    statement = resources.statement("Some", "sagemaker:InvokeEndpoint")

    assert {"StringEquals": {"sagemaker:TargetContainerHostname": ["sort"]}} == statement["Condition"]
    assert "sagemaker:InvokeEndpoint" == statement["Action"]
    assert "Condition" not in resources.statement("Every", "sagemaker:InvokeEndpointWithResponseStream")


def test_fails_when_a_container_is_granted_that_there_is_not(new_stack, new_endpoint_of) -> None:
    """A slip of the pen would give a right that nobody can use."""
    from aws_cdk import aws_iam as iam  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    role = iam.Role(stack, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    endpoint = new_endpoint_of(MultiContainerEndpoint, stack)

    with pytest.raises(LookupError, match="container, got 'sotr', allowed clean, sort"):
        endpoint.grant_invoke(role, containers=["sotr"])


def test_a_pipeline_is_asked_for_whole_answers(new_stack, new_endpoint_of, resources_of) -> None:
    """A container's whole answer is the request of the next one."""
    from aws_cdk import aws_iam as iam  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    caller = iam.Role(stack, "Caller", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    new_endpoint_of(PipelineEndpoint, stack).grant_invoke(caller)

    assert (
        "sagemaker:InvokeEndpoint"
        == (resources_of(stack).statement("Caller", "sagemaker:InvokeEndpoint")["Action"])
    )


@pytest.mark.parametrize(
    ("construct", "kind", "of"),
    [
        (MultiContainerEndpoint, "multi-container", ContainerMetrics),
        (PipelineEndpoint, "pipeline", StepMetrics),
    ],
)
def test_a_container_offers_the_metrics_that_aws_publishes_of_it(
    construct: Any, kind: str, of: type, new_stack, new_endpoint_of
) -> None:
    """With its name as the third dimension, and no others."""
    one = new_endpoint_of(construct, new_stack()).container("sort")
    offered = [getattr(one, name)() for name in dir(of) if name.startswith("metric_")]
    facts = [each for each in vars(containers).values() if isinstance(each, metrics.MetricFact)]

    assert {(fact.namespace, fact.name) for fact in facts if kind in fact.kinds} == {
        (each.namespace, each.metric_name) for each in offered
    }
    assert {"EndpointName": "desk", "VariantName": "AllTraffic", "ContainerName": "sort"} == (
        offered[0].dimensions
    )


@EITHER
def test_fails_when_a_container_is_asked_for_that_there_is_not(
    construct: Any, new_stack, new_endpoint_of
) -> None:
    """An alarm on it would never go off."""
    with pytest.raises(LookupError, match="allowed clean, sort"):
        new_endpoint_of(construct, new_stack()).container("nope")


def test_fails_when_two_endpoints_want_to_call_the_same_model_differently(
    new_stack, new_containers, new_endpoint_of
) -> None:
    """SageMaker fixes it in the model."""
    stack = new_stack()
    model = new_containers(stack)
    new_endpoint_of(MultiContainerEndpoint, stack, model=model)

    with pytest.raises(FleetRefused, match="calls its containers in another way"):
        PipelineEndpoint(stack, "Other", model=model, instance_type="ml.m5.large")


@EITHER
def test_fails_when_an_image_is_the_build_for_other_processors(
    construct: Any, new_stack, new_containers, new_endpoint_of
) -> None:
    """The one container whose image does not fit is named."""
    stack = new_stack()
    cpu = ModelImage.from_framework("pytorch", version="2.6")
    model = new_containers(stack, containers={"a": Container(cpu), "b": Container(cpu)})

    with pytest.raises(FleetRefused, match=r"Containers/a\.image: the image is not built for ml\.g5\.xlarge"):
        new_endpoint_of(construct, stack, model=model, instance_type="ml.g5.xlarge")


@EITHER
def test_fails_with_the_refusals_of_a_fleet_file(
    construct: Any, new_stack, new_containers, new_endpoint_of
) -> None:
    """One container is not several, and a name must be a host name."""
    stack = new_stack()
    lone = new_containers(stack, containers={"a_b": Container(ModelImage.from_uri(IMAGE))})

    with pytest.raises(FleetRefused) as error:
        new_endpoint_of(construct, stack, model=lone, volume_size=0)
    assert {"not the name of a container", "out of range"} == {each.what for each in error.value.refusals}


def test_a_model_of_containers_can_live_in_a_vpc(new_stack, new_containers, resources_of) -> None:
    """All of them together; without one there are no connections."""
    from aws_cdk import aws_ec2 as ec2  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    inside = new_containers(stack, vpc=ec2.Vpc(stack, "Net"), network_isolation=False)
    outside = new_containers(stack, "Outside")
    models = resources_of(stack).all("SageMaker::Model")

    assert inside.connections.security_groups
    assert [True, False] == ["VpcConfig" in each for each in models]
    with pytest.raises(FleetRefused, match="pass vpc= to ContainerModel"):
        _ = outside.connections


@EITHER
def test_an_endpoint_that_exists_can_be_granted_and_watched(construct: Any, new_stack, resources_of) -> None:
    """By its name alone."""
    from aws_cdk import aws_iam as iam  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    caller = iam.Role(stack, "Caller", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    known = construct.from_endpoint_name(stack, "Known", "old-desk")
    known.grant_invoke(caller)

    assert "old-desk" == known.container("sort").metric_container_latency().dimensions["EndpointName"]
    assert resources_of(stack).statement("Caller", "sagemaker:InvokeEndpoint")


@pytest.mark.parametrize(("construct", "spec"), KINDS)
def test_from_spec_gives_the_constructor_everything(
    construct: Any, spec: Any, new_stack, new_containers
) -> None:
    """What a fleet file says arrives unchanged."""
    stack = new_stack()
    model = new_containers(stack)
    named = model.specs.items()
    said = (
        {name: {"model": each} for name, each in named}
        if spec is MultiContainerSpec
        else [{"name": name, "model": each} for name, each in named]
    )
    wanted = spec.model_validate(
        {
            "containers": said,
            "instance_type": "ml.c5.xlarge",
            "initial_instance_count": 2,
            "scaling": {"track": "invocations", "max_capacity": 4, "target_per_instance": 100},
            "routing_strategy": "RANDOM",
            "data_capture": {"capture": ["input"]},
            "alarms": {"server_error_percent": None},
            "deployment": {"policy": "linear"},
            "model_data_download_timeout": "10m",
            "container_startup_health_check_timeout": "5m",
            "volume_size": "20GiB",
            "tags": {"team": "vision"},
        }
    )

    assert wanted == construct.from_spec(stack, "Desk", wanted, model=model).spec


@EITHER
def test_they_leave_no_finding(construct: Any, new_stack, new_endpoint_of, findings_of) -> None:
    """Of AwsSolutionsChecks."""
    stack = new_stack()
    new_endpoint_of(construct, stack)

    assert [] == findings_of(stack)
