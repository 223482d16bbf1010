"""A JumpStart model is what its lock says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pilotlight.spec import FleetRefused, load_lock
from pilotlight_cdk import AsyncEndpoint, JumpStartModel, RealtimeEndpoint, Variant

LOCK = Path(__file__).resolve().parents[2] / "fleets/jumpstart.lock.json"
FALCON = "huggingface-llm-falcon-40b-instruct-bf16"
GPU = "ml.g5.12xlarge"


@pytest.fixture
def new_falcon():
    """Give a maker of the model that the showcase hosts."""

    def make(stack: Any, **keywords: Any) -> JumpStartModel:
        given: dict[str, Any] = {"model_id": FALCON, "lock": LOCK, "instance_type": GPU} | keywords
        return JumpStartModel(stack, "Falcon", **given)

    return make


def test_it_has_image_artefact_and_environment_of_the_lock(new_stack, new_falcon, resources_of) -> None:
    """Of the region of the stack."""
    stack = new_stack(region="eu-west-1")
    new_falcon(stack, environment={"MAX_TOTAL_TOKENS": "4096"})
    container = resources_of(stack).one("SageMaker::Model")["PrimaryContainer"]

    assert container["Image"].startswith("763104351884.dkr.ecr.eu-west-1.amazonaws.com/")
    source = container["ModelDataSource"]["S3DataSource"]
    assert source["S3Uri"].startswith("s3://jumpstart-cache-prod-eu-west-1/huggingface-llm/")
    assert "ModelAccessConfig" not in source
    assert ("4096", "4") == tuple(
        container["Environment"][key] for key in ("MAX_TOTAL_TOKENS", "SM_NUM_GPUS")
    )


def test_the_role_reads_the_artefact_in_the_jumpstart_bucket(new_stack, new_falcon, resources_of) -> None:
    """And nothing else there."""
    stack = new_stack()
    new_falcon(stack)

    resource = resources_of(stack).statement("Role", "s3:GetObject")["Resource"]

    assert resource.startswith(f"arn:aws:s3:::jumpstart-cache-prod-us-east-1/huggingface-llm/{FALCON}/")


def test_its_endpoint_waits_as_long_as_loading_takes(new_stack, new_falcon, resources_of) -> None:
    """Eight minutes are not enough for 80 GB; a limit of the endpoint's own wins."""
    from aws_cdk import Duration  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    endpoint = AsyncEndpoint(
        stack,
        "Chat",
        model=new_falcon(stack),
        instance_type=GPU,
        model_data_download_timeout=Duration.minutes(20),
    )
    (variant,) = resources_of(stack).one("SageMaker::EndpointConfig")["ProductionVariants"]

    assert (1200, 3600) == (
        variant["ModelDataDownloadTimeoutInSeconds"],
        variant["ContainerStartupHealthCheckTimeoutInSeconds"],
    )
    assert 3600 == endpoint.spec.container_startup_health_check_timeout.total_seconds()


def test_a_further_variant_waits_as_long_too(new_stack, new_model, new_falcon, resources_of) -> None:
    """Each variant is given the limits of its own model; the endpoint's own model has none here."""
    stack = new_stack()
    RealtimeEndpoint(
        stack,
        "Chat",
        model=new_model(stack),
        instance_type="ml.m5.large",
        variants={"falcon": Variant(new_falcon(stack), GPU)},
    )
    own, further = resources_of(stack).one("SageMaker::EndpointConfig")["ProductionVariants"]

    assert "ContainerStartupHealthCheckTimeoutInSeconds" not in own
    assert 3600 == further["ContainerStartupHealthCheckTimeoutInSeconds"]


def test_a_lock_can_be_read_once_for_many_models(new_stack, new_falcon) -> None:
    """The lock itself serves as well as its file."""
    model = new_falcon(new_stack(), lock=load_lock(LOCK))

    assert (FALCON, "2.0.0") == (model.model_id, model.locked.version)


@pytest.mark.parametrize(
    ("keywords", "words"),
    [
        ({"model_id": "falcon"}, r"Falcon\.model_id: not a locked JumpStart model, .* --lock /"),
        ({"instance_type": "ml.g5.xlarge"}, r"Falcon\.instance_type: the model is not published"),
        ({"lock": "nowhere.json"}, "nowhere.json: there is no such file"),
    ],
)
def test_fails_when_the_lock_does_not_know_it(keywords, words: str, new_stack, new_falcon) -> None:
    """At synth, in the words of the fleet file."""
    with pytest.raises(FleetRefused, match=words):
        new_falcon(new_stack(), **keywords)


@pytest.mark.parametrize(
    ("keyword", "value", "words"),
    [
        ("model_id", 5, "not text, got 5"),
        ("model_id", "falcon 40b", "not the id of a JumpStart model, got falcon 40b"),
        ("instance_type", None, "not text, got None"),
        ("environment", ["A=x"], r"not a mapping, got \['A=x'\]"),
        ("network_isolation", "no", "neither true nor false, got no"),
        ("accept_eula", 1, "neither true nor false, got 1"),
        ("lock", 5, "not a lock, got 5, allowed the path of a lock file"),
    ],
)
def test_fails_when_a_keyword_has_another_kind_of_value(
    keyword: str, value: Any, words: str, new_stack, new_falcon
) -> None:
    """Before anybody looks into the lock."""
    with pytest.raises(FleetRefused, match=rf"^Stack/Falcon\.{keyword}: {words}"):
        new_falcon(new_stack(), **{keyword: value})


def test_fails_when_the_licence_is_not_accepted(new_stack, new_falcon) -> None:
    """The refusal has the link."""
    lock = load_lock(LOCK)
    eula = lock.models[FALCON].eula.model_copy(update={"required": True, "licence": "https://example.com/e"})
    gated = lock.model_copy(
        update={"models": {FALCON: lock.models[FALCON].model_copy(update={"eula": eula})}}
    )

    with pytest.raises(FleetRefused, match=r"Falcon\.accept_eula: .*https://example\.com/e"):
        new_falcon(new_stack(), lock=gated)
    new_falcon(new_stack(), lock=gated, accept_eula=True)


def test_fails_in_a_stack_for_any_region(new_stack, new_falcon) -> None:
    """Image and bucket differ between regions."""
    with pytest.raises(FleetRefused, match="region that is not known"):
        new_falcon(new_stack(region=None))


def test_it_can_live_in_a_vpc(new_stack, new_falcon, resources_of) -> None:
    """As any other model; a fleet file says it once for all of its models."""
    from aws_cdk import aws_ec2 as ec2  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    model = new_falcon(stack, vpc=ec2.Vpc(stack, "Net"), network_isolation=False, allow_all_outbound=False)

    assert model.connections.security_groups
    assert resources_of(stack).one("SageMaker::Model")["VpcConfig"]
