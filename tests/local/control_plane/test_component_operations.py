"""Inference components: made on an endpoint that hosts them, described, changed, deleted before it."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight.local.emulator.api_error import ValidationError

from .conftest import SPECIFICATION

CONTAINER = SPECIFICATION["Container"]
NEEDS = SPECIFICATION["ComputeResourceRequirements"]
ADAPTER = {"BaseInferenceComponentName": "llama", "Container": {"ArtifactUrl": "s3://adapters/a.tar.gz"}}


@pytest.fixture
def host(sagemaker: Any) -> Any:
    """A control plane with an endpoint that hosts components."""
    sagemaker.host(MinInstanceCount=0, MaxInstanceCount=2)
    return sagemaker


def test_describes_copies_and_the_image_that_runs(host: Any) -> None:
    """The image moves to DeployedImage, as in AWS's answer."""
    arn = host.component(RuntimeConfig={"CopyCount": 2})

    described = host("DescribeInferenceComponent", InferenceComponentName="llama")

    assert arn.endswith(":inference-component/llama")
    assert ("InService", "host", "AllTraffic") == (
        described["InferenceComponentStatus"],
        described["EndpointName"],
        described["VariantName"],
    )
    assert {"CurrentCopyCount": 2, "DesiredCopyCount": 2} == described["RuntimeConfig"]
    shown = described["Specification"]
    assert NEEDS == shown["ComputeResourceRequirements"]
    assert "repository:tag" == shown["Container"]["DeployedImage"]["SpecifiedImage"]
    assert "Image" not in shown["Container"]


def test_a_component_may_run_a_model(host: Any) -> None:
    """Its one container is what runs."""
    host.model("m", image="other:1")
    host.component(Specification={"ModelName": "m", "ComputeResourceRequirements": NEEDS})

    assert "other:1" == host.plane.components.find("llama").deployed.container.image


@pytest.mark.parametrize(
    ("said", "batch"),
    [
        (None, 1),
        ({"Type": "COPY_COUNT", "Value": 3}, 3),
        ({"Type": "CAPACITY_PERCENT", "Value": 50}, 4),
        ({"Type": "CAPACITY_PERCENT", "Value": 5}, 1),
    ],
    ids=["unsaid", "copies", "half of eight", "less than one"],
)
def test_an_update_says_how_many_copies_it_replaces_at_once(host: Any, said: Any, batch: int) -> None:
    """One by one when nothing is said; whether an instance keeps what it fetched is said of the component."""
    host.component(RuntimeConfig={"CopyCount": 8})
    policy = {"MaximumBatchSize": said, "WaitIntervalInSeconds": 60}
    host(
        "UpdateInferenceComponent",
        InferenceComponentName="llama",
        Specification=SPECIFICATION | {"DataCacheConfig": {"EnableCaching": True}},
        **({} if said is None else {"DeploymentConfig": {"RollingUpdatePolicy": policy}}),
    )

    deployed = host.plane.components.find("llama").deployed
    assert (batch, True) == (deployed.batch, deployed.caches)


def test_lists_the_components_of_an_endpoint(host: Any) -> None:
    """By endpoint, and by status."""
    host.host("other")
    host.component("llama")
    host.component("broken", Specification=SPECIFICATION | {"Container": {"Image": "broken"}})
    host.component("elsewhere", EndpointName="other")

    def names(**wanted: str) -> set[str]:
        found = host("ListInferenceComponents", **wanted)["InferenceComponents"]
        return {each["InferenceComponentName"] for each in found}

    assert {"llama", "broken"} == names(EndpointNameEquals="host")
    assert {"broken"} == names(StatusEquals="Failed")


def test_the_only_variant_is_taken_when_none_is_named(host: Any) -> None:
    """The API does not require the name."""
    specified = {"Specification": SPECIFICATION}
    host("CreateInferenceComponent", InferenceComponentName="c", EndpointName="host", **specified)

    assert "AllTraffic" == host("DescribeInferenceComponent", InferenceComponentName="c")["VariantName"]


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ({"RuntimeConfig": {"CopyCount": 0}}, "copy count an integer larger than 0"),
        ({"EndpointName": "nowhere"}, 'Could not find endpoint "arn:'),
        ({"VariantName": "B"}, "Could not find variant B .* it has AllTraffic"),
        ({"Specification": {"ComputeResourceRequirements": NEEDS}}, "either ModelName or a Container"),
        ({"Specification": {"Container": CONTAINER}}, "ComputeResourceRequirements must be specified"),
        (
            {
                "Specification": SPECIFICATION
                | {"ComputeResourceRequirements": NEEDS | {"MaxMemoryRequiredInMb": 512}}
            },
            "MaxMemoryRequiredInMb must not be less",
        ),
        (
            {
                "Specification": SPECIFICATION
                | {"Container": CONTAINER | {"Environment": {f"K{n}": "v" for n in range(17)}}}
            },
            "Environment must have at most 16 entries, got 17",
        ),
        (
            {"Specification": {"ModelName": "m", "ComputeResourceRequirements": NEEDS}},
            'Could not find model "arn',
        ),
        ({"Specification": ADAPTER}, "Could not find base inference component llama"),
        (
            {"Specification": ADAPTER | {"ComputeResourceRequirements": NEEDS}},
            "uses the resources of its base",
        ),
        (
            {"Specification": {"BaseInferenceComponentName": "llama"}},
            "must have a Container with an ArtifactUrl",
        ),
        ({"Specifications": [SPECIFICATION]}, "cannot both be specified"),
    ],
)
def test_fails_when_a_component_makes_no_sense(host: Any, members: dict[str, Any], says: str) -> None:
    """Nothing is made."""
    with pytest.raises(ValidationError, match=says):
        host.component(**members)

    assert [] == host("ListInferenceComponents")["InferenceComponents"]


def test_fails_when_the_endpoint_has_a_model_of_its_own(sagemaker: Any) -> None:
    """Components and variants with models do not mix."""
    sagemaker.endpoint()

    with pytest.raises(ValidationError, match="does not host inference components"):
        sagemaker.component(EndpointName="endpoint")


def test_fails_when_the_name_is_taken(host: Any) -> None:
    """Names are unique in a region, not on an endpoint."""
    host.component()

    with pytest.raises(ValidationError, match="Cannot create already existing inference component"):
        host.component()


def test_copies_are_changed_on_the_running_component(host: Any) -> None:
    """To zero as well, which creation refuses."""
    host.component()
    host(
        "UpdateInferenceComponentRuntimeConfig",
        InferenceComponentName="llama",
        DesiredRuntimeConfig={"CopyCount": 0},
    )

    described = host("DescribeInferenceComponent", InferenceComponentName="llama")
    assert {"CurrentCopyCount": 0, "DesiredCopyCount": 0} == described["RuntimeConfig"]


def test_an_update_replaces_the_specification_and_keeps_the_copies(host: Any) -> None:
    """What scaling decided stays when the request does not say otherwise."""
    host.component()
    host(
        "UpdateInferenceComponentRuntimeConfig",
        InferenceComponentName="llama",
        DesiredRuntimeConfig={"CopyCount": 3},
    )
    host(
        "UpdateInferenceComponent",
        InferenceComponentName="llama",
        Specification=SPECIFICATION | {"Container": {"Image": "newer:2"}},
    )

    described = host("DescribeInferenceComponent", InferenceComponentName="llama")
    assert "newer:2" == described["Specification"]["Container"]["DeployedImage"]["SpecifiedImage"]
    assert 3 == described["RuntimeConfig"]["DesiredCopyCount"]


def test_the_specification_for_the_instance_type_is_taken(host: Any) -> None:
    """Several may be given, one for each type."""
    given = [
        SPECIFICATION | {"InstanceType": "ml.g6.xlarge"},
        SPECIFICATION | {"InstanceType": "ml.g5.xlarge", "Container": {"Image": "for-g5:1"}},
    ]
    named = {"EndpointName": "host", "VariantName": "AllTraffic"}
    host("CreateInferenceComponent", InferenceComponentName="c", Specifications=given, **named)

    assert "for-g5:1" == host.plane.components.find("c").deployed.container.image
    assert 2 == len(host("DescribeInferenceComponent", InferenceComponentName="c")["Specifications"])


def test_an_adapter_runs_in_its_base(host: Any) -> None:
    """It has no resources of its own, and its base cannot go before it."""
    host.component()
    host("CreateInferenceComponent", InferenceComponentName="a", EndpointName="host", Specification=ADAPTER)

    assert "repository:tag" == host.plane.components.find("a").deployed.container.image
    with pytest.raises(ValidationError, match="is the base of a"):
        host("DeleteInferenceComponent", InferenceComponentName="llama")
    for name in ("a", "llama"):
        host("DeleteInferenceComponent", InferenceComponentName=name)
    assert [] == host("ListInferenceComponents")["InferenceComponents"]


def test_an_endpoint_goes_after_its_components(host: Any) -> None:
    """Deleting the endpoint does not delete them, so it is refused."""
    arn = host.component()
    gone: list[str] = []
    host.plane.components.when_deleted.append(gone.append)

    with pytest.raises(ValidationError, match="delete its inference components llama first"):
        host("DeleteEndpoint", EndpointName="host")
    assert [] == host("ListTags", ResourceArn=arn)["Tags"]
    host("DeleteInferenceComponent", InferenceComponentName="llama")
    host("DeleteEndpoint", EndpointName="host")

    assert ["llama"] == gone
    with pytest.raises(ValidationError, match="Could not find inference component"):
        host("DescribeInferenceComponent", InferenceComponentName="llama")


def test_fails_when_an_update_would_change_the_way_of_hosting(sagemaker: Any) -> None:
    """Instances never become serverless; a serverless endpoint may get another size."""
    sagemaker.endpoint()
    sized = {"VariantName": "A", "ModelName": "model"}
    for name, memory in (("small", 1024), ("large", 4096)):
        config = {"ServerlessConfig": {"MemorySizeInMB": memory, "MaxConcurrency": 2}}
        sagemaker("CreateEndpointConfig", EndpointConfigName=name, ProductionVariants=[sized | config])
    sagemaker("CreateEndpoint", EndpointName="s", EndpointConfigName="small")

    with pytest.raises(ValidationError, match="that is not a serverless endpoint to small"):
        sagemaker("UpdateEndpoint", EndpointName="endpoint", EndpointConfigName="small")
    sagemaker("UpdateEndpoint", EndpointName="s", EndpointConfigName="large")


def test_the_concurrency_of_a_serverless_variant_is_changed_in_place(sagemaker: Any) -> None:
    """The description has it, and scaling sees it."""
    sagemaker.model()
    config = {"MemorySizeInMB": 1024, "MaxConcurrency": 4, "ProvisionedConcurrency": 1}
    variant = {"VariantName": "A", "ModelName": "model", "ServerlessConfig": config}
    sagemaker("CreateEndpointConfig", EndpointConfigName="c", ProductionVariants=[variant])
    sagemaker("CreateEndpoint", EndpointName="s", EndpointConfigName="c")
    wanted = {"VariantName": "A", "ServerlessUpdateConfig": {"ProvisionedConcurrency": 3}}

    sagemaker("UpdateEndpointWeightsAndCapacities", EndpointName="s", DesiredWeightsAndCapacities=[wanted])

    assert config | {"ProvisionedConcurrency": 3} == sagemaker.variant("s")["CurrentServerlessConfig"]
