"""Several models share the instances of an endpoint; copies and instances go to zero, and wake."""

from __future__ import annotations

import inspect
from datetime import timedelta
from typing import Any

import pytest

from pilotlight.catalog.component_metrics import COMPONENT
from pilotlight.catalog.published import published_by
from pilotlight.spec import InferenceComponentEndpointSpec, InferenceComponentSpec
from pilotlight_cdk import (
    ComponentAlarms,
    Container,
    CopyConcurrencyScaling,
    FleetRefused,
    InferenceComponent,
    InferenceComponentEndpoint,
    ManagedInstanceScaling,
    ModelArtifact,
    ModelImage,
    RollingCopiesDeployment,
    RollingDeployment,
)
from pilotlight_cdk.component_metrics import ComponentMetrics
from tests.pilotlight_cdk.conftest import IMAGE
from tests.pilotlight_cdk.template_parts import ids_of

TO_ZERO = ManagedInstanceScaling(min_instance_count=0, max_instance_count=2)
SLEEPS = CopyConcurrencyScaling(min_capacity=0, max_capacity=2, target_per_copy=4)
OF_ENDPOINT = {
    "alarm_topic",
    "allow_all_outbound",
    "encryption_key",
    "endpoint_name",
    "network_isolation",
    "role",
    "security_groups",
    "vpc",
    "vpc_subnets",
}
"""Keywords that a fleet file cannot hold, or says of its models."""

PUBLISHED = [fact for fact in published_by("inference-components") if fact.dimensions == COMPONENT]


def keywords(method: Any) -> dict[str, Any]:
    """The keywords of a method with their defaults."""
    parameters = inspect.signature(method).parameters.values()
    return {each.name: each.default for each in parameters if each.kind is each.KEYWORD_ONLY}


def test_role_and_isolation_are_said_of_the_instances(added) -> None:
    """The variant names no model, so nothing else would say them."""
    config = added().one("SageMaker::EndpointConfig")
    (variant,) = config["ProductionVariants"]

    assert "LlmsRole" in config["ExecutionRoleArn"]["Fn::GetAtt"][0]
    assert config["EnableNetworkIsolation"]
    assert "ModelName" not in variant
    assert "ManagedInstanceScaling" not in variant


def test_a_component_has_what_it_reserves_and_one_copy(added) -> None:
    """A reservation that fits on every type, unless it is said otherwise."""
    component = added(accelerators=1, cores=2.5, max_memory=4096).one("SageMaker::InferenceComponent")

    assert "lab-llms-writer" == component["InferenceComponentName"]
    assert {"CopyCount": 1} == component["RuntimeConfig"]
    assert {
        "MinMemoryRequiredInMb": 1024,
        "MaxMemoryRequiredInMb": 4096,
        "NumberOfAcceleratorDevicesRequired": 1,
        "NumberOfCpuCoresRequired": 2.5,
    } == component["Specification"]["ComputeResourceRequirements"]
    assert "SchedulingConfig" not in component["Specification"]
    assert "DeploymentConfig" not in component


def test_everything_comes_in_order_and_goes_in_the_other(added) -> None:
    """Endpoint, component, adapter; scaling after its component. Deleting goes the other way round."""
    resources = added({"scaling": TO_ZERO}, scaling=SLEEPS)
    (endpoint,) = ids_of(resources, "SageMaker::Endpoint")
    (component,) = ids_of(resources, "SageMaker::InferenceComponent")
    (target,) = ids_of(resources, "ApplicationAutoScaling::ScalableTarget")

    assert [endpoint] == resources.by_id[component]["DependsOn"]
    assert [component] == resources.by_id[target]["DependsOn"]
    assert any("RoleHosting" in each for each in resources.by_id[endpoint]["DependsOn"])


def test_placement_says_both_parts(added) -> None:
    """CloudFormation demands the balance of Availability Zones beside the strategy."""
    component = added(placement_strategy="BINPACK", max_imbalance=2, data_cache=True)
    specification = component.one("SageMaker::InferenceComponent")["Specification"]

    assert {
        "PlacementStrategy": "BINPACK",
        "AvailabilityZoneBalance": {"EnforcementMode": "PERMISSIVE", "MaxImbalance": 2},
    } == specification["SchedulingConfig"]
    assert {"EnableCaching": True} == specification["DataCacheConfig"]


def test_start_up_limits_are_those_of_the_component(added) -> None:
    """Those of a variant would do nothing for it."""
    resources = added(
        model_data_download_timeout=timedelta(minutes=20), container_startup_health_check_timeout=None
    )

    assert {"ModelDataDownloadTimeoutInSeconds": 1200} == resources.one("SageMaker::InferenceComponent")[
        "Specification"
    ]["StartupParameters"]


@pytest.mark.parametrize(
    ("deployment", "unit", "size"),
    [
        (RollingDeployment(maximum_batch_percent=20), "CAPACITY_PERCENT", 20),
        (RollingCopiesDeployment(maximum_batch_copies=2), "COPY_COUNT", 2),
    ],
)
def test_a_careful_update_is_taken_back_when_the_model_fails(
    added, deployment: Any, unit: str, size: int
) -> None:
    """Batch by batch, in percent or in copies; the component's own alarm decides."""
    resources = added(deployment=deployment)
    config = resources.one("SageMaker::InferenceComponent")["DeploymentConfig"]
    (alarm,) = config["AutoRollbackConfiguration"]["Alarms"]

    assert {"Type": unit, "Value": size} == config["RollingUpdatePolicy"]["MaximumBatchSize"]
    assert "Invocation5XXErrors" == resources.by_id[alarm["AlarmName"]["Ref"]]["Properties"]["MetricName"]
    assert resources.statement("LlmsRole", "cloudwatch:DescribeAlarms")


def test_a_component_can_do_without_a_model(added) -> None:
    """Image, tarball and variables are its own then, and the endpoint's role may have them."""
    container = Container(
        ModelImage.from_uri(IMAGE), ModelArtifact.from_uri("s3://models/t.tar.gz"), {"WORKERS": "2"}
    )
    resources = added(model=container)
    specification = resources.one("SageMaker::InferenceComponent")["Specification"]

    assert {
        "Image": IMAGE,
        "ArtifactUrl": "s3://models/t.tar.gz",
        "Environment": {"WORKERS": "2"},
    } == specification["Container"]
    assert "ModelName" not in specification
    assert resources.statement("LlmsRole", "ecr:BatchGetImage")
    assert resources.statement("LlmsRole", "s3:GetObject")


def test_who_may_invoke_the_endpoint_may_invoke_what_is_added_later(
    new_stack, new_lab, new_model, resources_of
) -> None:
    """And who may invoke one component may invoke no other."""
    from aws_cdk import aws_iam as iam  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    all_of_them = iam.Role(stack, "Everybody", assumed_by=iam.AccountRootPrincipal())
    one = iam.Role(stack, "Somebody", assumed_by=iam.AccountRootPrincipal())
    lab = new_lab(stack)
    lab.grant_invoke(all_of_them)
    lab.add_component("writer", model=new_model(stack)).grant_invoke(one)
    lab.add_component("tagger", model=new_model(stack, "Other"))
    resources = resources_of(stack)
    everybody, somebody = str(resources.statements("Everybody")), str(resources.statements("Somebody"))

    assert all(f"component/lab-llms-{name}" in everybody for name in ("writer", "tagger"))
    assert ":endpoint/lab-llms" in somebody
    assert "component/lab-llms-writer" in somebody
    assert "tagger" not in somebody


def test_the_roles_write_the_logs_of_their_components_only(added) -> None:
    """The group is named after the component."""
    resources = added()

    for role in ("LlmsRole", "ModelRole"):
        groups = str([each for each in resources.statements(role) if "logs:PutLogEvents" in str(each)])
        assert "/aws/sagemaker/InferenceComponents/lab-llms-writer" in groups


def test_fails_with_every_fault_at_once(new_stack, new_lab, new_model) -> None:
    """In the words of the fleet file, where the component is added."""
    stack = new_stack("Faulty")
    lab = new_lab(stack, scaling=TO_ZERO)
    with pytest.raises(FleetRefused) as refused:
        lab.add_component("writer", model=new_model(stack), accelerators=5, cores=99)

    assert {
        "Faulty/Llms.components.writer.accelerators",
        "Faulty/Llms.components.writer.cores",
        "Faulty/Llms.components.writer.scaling",
    } == {fault.path for fault in refused.value.refusals}


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ({"copies": 0}, "out of range"),
        ({"model": "open"}, "not isolated as its endpoint is"),
        ({"name": "x" * 60}, "the name is too long"),
    ],
)
def test_fails_for_a_component_that_cannot_be(
    new_stack, new_lab, new_model, said: dict[str, Any], what: str
) -> None:
    """AWS refuses no copies at creation, knows one isolation for all, and names of 63 characters."""
    stack = new_stack()
    isolated = said.pop("model", None) is None
    said = {"model": new_model(stack, network_isolation=isolated), "name": "writer", **said}
    with pytest.raises(FleetRefused, match=what):
        new_lab(stack).add_component(**said)


def test_fails_at_synth_without_a_component(new_stack, new_lab, resources_of) -> None:
    """Instances that serve nothing would be paid for."""
    stack = new_stack()
    new_lab(stack)
    with pytest.raises(RuntimeError, match="has no component"):
        resources_of(stack)


def test_the_cdk_takes_it_for_an_endpoint(new_stack, new_lab, new_model, resources_of) -> None:
    """API Gateway's integration asks for `aws_sagemaker.IEndpoint`."""
    from aws_cdk import aws_apigateway as apigateway  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    lab = new_lab(stack)
    lab.add_component("writer", model=new_model(stack))
    apigateway.RestApi(stack, "Api").root.add_method("POST", apigateway.SagemakerIntegration(lab))

    assert "endpoints/lab-llms/invocations" in str(resources_of(stack).one("ApiGateway::Method"))
    assert lab.cfn_endpoint == lab.node.default_child


def test_nothing_is_left_to_the_security_checks(new_stack, new_lab, new_model, findings_of) -> None:
    """AwsSolutions has no finding that is not acknowledged where it stands."""
    stack = new_stack()
    lab = new_lab(stack, scaling=TO_ZERO)
    lab.add_component("writer", model=new_model(stack), scaling=SLEEPS, deployment=RollingDeployment())

    assert [] == findings_of(stack)


def test_there_is_a_method_for_each_metric() -> None:
    """Nothing that is published is left out, nothing that is not is offered."""
    component = type("Named", (ComponentMetrics,), {"component_name": "lab-llms-writer"})()
    methods = [getattr(component, name) for name in dir(component) if name.startswith("metric_")]
    found = {(each().namespace, each().metric_name, each().statistic) for each in methods}

    assert {(fact.namespace, fact.name, fact.statistic) for fact in PUBLISHED} == found
    assert all({"InferenceComponentName": "lab-llms-writer"} == each().dimensions for each in methods)


def test_the_endpoint_has_the_spec_s_names_and_live_references_only() -> None:
    """A key that is added on one side is missed on the other."""
    ours = keywords(vars(InferenceComponentEndpoint)["__init__"])
    spec = InferenceComponentEndpointSpec.model_fields

    assert {*spec} - {"kind", "components"} == {*ours} - OF_ENDPOINT
    assert {name: ours[name] for name in ours if name in spec and name not in {"instance_type", "tags"}} == {
        name: spec[name].default for name in ours if name in spec and name not in {"instance_type", "tags"}
    }


def test_a_component_has_the_spec_s_names_and_live_references_only() -> None:
    """As above; what it is deployed as follows from what it runs."""
    ours = keywords(InferenceComponentEndpoint.add_component)
    spec = InferenceComponentSpec.model_fields

    assert {*spec} - {"deployed_as", "adapters"} == {*ours} - {"rollback_alarms"}
    assert {name: ours[name] for name in ours if name in spec and name != "model"} == {
        name: spec[name].default for name in ours if name in spec and name != "model"
    }


def test_from_spec_gives_the_constructor_everything(new_stack, new_model) -> None:
    """What a fleet file says arrives unchanged."""
    stack = new_stack()
    model = new_model(stack)
    spec = InferenceComponentEndpointSpec.model_validate(
        {
            "instance_type": "ml.g5.12xlarge",
            "scaling": {
                "min_instance_count": 0,
                "max_instance_count": 3,
                "scale_in_strategy": "CONSOLIDATION",
                "scale_in_cooldown": "30m",
                "maximum_step_size": 2,
            },
            "initial_instance_count": 2,
            "schedulable_memory": "64GiB",
            "routing_strategy": "PREFIX_AWARE",
            "prefix_length": 1024,
            "concurrency_threshold": 4,
            "alarms": {"server_error_percent": None, "no_capacity_failures": 3},
            "volume_size": "20GiB",
            "tags": {"team": "writing"},
            "components": {
                "writer": {
                    "model": model.spec,
                    "cores": 2,
                    "accelerators": 1,
                    "memory": "2GiB",
                    "max_memory": "4GiB",
                    "copies": 2,
                    "placement_strategy": "SPREAD",
                    "max_imbalance": 1,
                    "data_cache": True,
                    "model_data_download_timeout": "10m",
                    "container_startup_health_check_timeout": "5m",
                    "scaling": {
                        "track": "concurrency",
                        "min_capacity": 0,
                        "max_capacity": 4,
                        "target_per_copy": 2,
                    },
                    "deployment": {"policy": "rolling-copies"},
                    "adapters": {"legal": {"source": "s3://models/legal.tar.gz"}},
                }
            },
        }
    )
    built = InferenceComponentEndpoint.from_spec(stack, "Llms", spec, models={"writer": model})

    assert spec == built.spec
    assert isinstance(built.components["writer"], InferenceComponent)


def test_thresholds_of_alarms_are_said_once_for_all_components(added) -> None:
    """And None leaves one out."""
    resources = added({"alarms": ComponentAlarms(server_error_percent=None, no_capacity_failures=5)})

    assert [("NoCapacityInvocationFailures", 5)] == [
        (each["MetricName"], each["Threshold"]) for each in resources.all("CloudWatch::Alarm")
    ]


def _of_aws(stack: Any) -> ModelImage:
    return ModelImage.from_framework("djl-lmi", version="0.36.0", instance_type="ml.g5.12xlarge")


def _of_ours(stack: Any) -> ModelImage:
    from aws_cdk import aws_ecr as ecr  # noqa: PLC0415 - after Node was found

    return ModelImage.from_ecr(ecr.Repository.from_repository_name(stack, "Ours", "vllm"), tag="1-cu130")


@pytest.mark.parametrize("image", [_of_aws, _of_ours])
@pytest.mark.parametrize("as_model", [True, False])
def test_fails_when_an_image_for_cuda_13_gets_an_older_driver(
    image: Any, as_model: bool, new_stack, new_lab, new_model
) -> None:
    """It would end before it writes a log; the machine image is that of the endpoint."""

    def add(**said: Any) -> None:
        stack = new_stack()
        chosen = image(stack)
        model = new_model(stack, image=chosen) if as_model else Container(chosen)
        new_lab(stack, **said).add_component("writer", model=model)

    with pytest.raises(FleetRefused, match=r"Llms\.inference_ami_version: .*cu130.* got nothing"):
        add()
    add(inference_ami_version="al2023-ami-sagemaker-inference-gpu-4-1")
