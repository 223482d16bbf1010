"""A slip of the pen is refused with the path of the construct; nobody has to read a traceback of jsii."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pilotlight_cdk.node  # isort: skip # noqa: F401 - first: aws_cdk starts Node as soon as it is imported
import pytest
from aws_cdk import Duration, Fn, Size, Token

from pilotlight_cdk import (
    AsyncEndpoint,
    BatchTransform,
    CompletionPipeline,
    ContainerModel,
    FleetRefused,
    InferenceComponentEndpoint,
    InstancePool,
    JumpStartModel,
    Model,
    ModelArtifact,
    ModelImage,
    MultiContainerEndpoint,
    MultiModelEndpoint,
    PipelineEndpoint,
    RealtimeEndpoint,
    ServerlessEndpoint,
    Variant,
)
from pilotlight_cdk.container import Container
from tests.pilotlight_cdk.conftest import IMAGE

ON_INSTANCES = {
    "async": AsyncEndpoint,
    "realtime": RealtimeEndpoint,
    "multi-model": MultiModelEndpoint,
    "multi-container": MultiContainerEndpoint,
    "pipeline": PipelineEndpoint,
    "inference-components": InferenceComponentEndpoint,
}
LATER = "a reference that CloudFormation resolves later"
NUMBER = {"Ref": "Number"}
WRONG: list[tuple[str, Callable[[], Any], str]] = [
    ("initial_instance_count", lambda: -1, "got -1"),
    ("initial_instance_count", lambda: "2", "not a whole number, got 2"),
    ("initial_instance_count", lambda: Token.as_number(NUMBER), LATER),
    ("instance_type", lambda: 5, "not text, got 5"),
    ("instance_type", lambda: Fn.ref("Type"), LATER),
    ("scaling", lambda: "invocations", "not a mapping, got invocations"),
    ("alarms", lambda: 5, "not a mapping"),
    ("tags", lambda: {"team": 5}, "not text, got 5"),
    ("tags", lambda: {"team": Fn.ref("Team")}, LATER),
    ("volume_size", lambda: "20 GB", "not a size, got 20 GB"),
    ("volume_size", lambda: Size.mebibytes(1500), "not a size, got 1500 MiB"),
    ("volume_size", lambda: Size.gibibytes(Token.as_number(NUMBER)), LATER),
    ("variant_instance_provision_timeout", lambda: "ten minutes", "not a duration, got ten minutes"),
    ("variant_instance_provision_timeout", lambda: 600, "not a duration, got 600"),
    ("variant_instance_provision_timeout", lambda: Duration.seconds(Token.as_number(NUMBER)), LATER),
    ("endpoint_name", lambda: Fn.ref("Name"), LATER),
    ("endpoint_name", lambda: 5, "not text, got 5"),
    ("endpoint_name", lambda: "my_endpoint", "not a name that SageMaker takes, got my_endpoint"),
    ("alarm_topic", lambda: "arn:aws:sns:us-east-1:123456789012:alarms", "not an object"),
    ("encryption_key", lambda: "alias/ours", "not an object, got alias/ours"),
]
"""Keyword of every endpoint on instances, what it is given, and what the refusal says."""


@pytest.fixture
def hosted(new_stack, new_model) -> Callable[..., Any]:
    """Give what makes an endpoint called `Ours` of any kind on instances."""

    def make(kind: str, **keywords: Any) -> Any:
        stack = new_stack()
        said: dict[str, Any] = {"instance_type": "ml.m5.large"}
        if kind in ("multi-container", "pipeline"):
            image = ModelImage.from_uri(IMAGE)
            said["model"] = ContainerModel(
                stack, "M", containers={"a": Container(image), "b": Container(image)}
            )
        elif kind != "inference-components":
            said["model"] = new_model(stack)
        return ON_INSTANCES[kind](stack, "Ours", **{**said, **keywords})

    return make


@pytest.mark.parametrize("kind", ON_INSTANCES)
def test_fails_with_keyword_and_value_for_every_endpoint_on_instances(kind: str, hosted) -> None:
    """All of them say the same."""
    for keyword, value, words in WRONG:
        with pytest.raises(FleetRefused) as error:
            hosted(kind, **{keyword: value()})
        (refusal,) = error.value.refusals
        assert refusal.path.startswith(f"Stack/Ours.{keyword}")
        assert words in str(refusal)


@pytest.mark.parametrize("kind", ["realtime", "multi-container", "pipeline", "inference-components"])
def test_fails_with_a_way_of_routing_that_there_is_not(kind: str, hosted) -> None:
    """With those that there are."""
    with pytest.raises(FleetRefused, match=r"Ours\.routing_strategy: .* got ROUND_ROBIN, .*RANDOM"):
        hosted(kind, routing_strategy="ROUND_ROBIN")


@pytest.mark.parametrize("kind", ["async", "realtime", "multi-model"])
def test_fails_when_a_bucket_is_only_a_name(kind: str, hosted) -> None:
    """The construct has to know what it grants."""
    with pytest.raises(FleetRefused, match=r"Ours\.bucket: not an object, got ours"):
        hosted(kind, bucket="ours", core_dumps=True)


@pytest.mark.parametrize("prefix", ["models", 5])
def test_fails_when_models_are_not_below_a_prefix(prefix: Any, hosted) -> None:
    """Without its slash the role could read one object of that name and no model."""
    with pytest.raises(FleetRefused, match=r"Ours\.models_prefix: (does not end in a slash|not text)"):
        hosted("multi-model", models_prefix=prefix)


@pytest.mark.parametrize(("size", "words"), [(Size.kibibytes(1536), "1.5 MiB"), ("2 GB", "2 GB")])
def test_fails_when_memory_is_no_whole_mebibytes(
    size: Any, words: str, new_stack, new_model, new_lab
) -> None:
    """Of a serverless endpoint as of a component."""
    stack = new_stack()
    model = new_model(stack, network_isolation=False)

    with pytest.raises(FleetRefused, match=rf"Ours\.memory_size: not an amount of memory, got {words}"):
        ServerlessEndpoint(stack, "Ours", model=model, memory_size=size)
    with pytest.raises(FleetRefused, match=rf"Llms\.writer\.memory: not an amount of memory, got {words}"):
        new_lab(stack).add_component("writer", model=new_model(stack, "Other"), memory=size)


def test_fails_when_a_component_or_an_adapter_is_there_twice(new_stack, new_model, new_lab) -> None:
    """The second one would replace the first."""
    stack = new_stack()
    lab = new_lab(stack)
    writer = lab.add_component("writer", model=new_model(stack))
    tarball = ModelArtifact.from_uri("s3://models/legal.tar.gz")

    with pytest.raises(FleetRefused, match=r"Llms\.writer: there is one of this name already"):
        lab.add_component("writer", model=new_model(stack, "Other"))
    writer.add_adapter("legal", artifact=tarball)
    with pytest.raises(FleetRefused, match=r"writer\.legal: there is one of this name already"):
        writer.add_adapter("legal", artifact=tarball)
    with pytest.raises(FleetRefused, match=r"Llms\.reader\.model: not an object, got ours"):
        lab.add_component("reader", model="ours")


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"A": "x" * 1025}, r"environment\.A: too long, got 1025 bytes"),
        ({"A B": "x"}, r"environment.*: not the name of a variable, got A B"),
        ({f"A{number}": "x" for number in range(101)}, "environment: too many variables, got 101"),
        ({"A": 5}, r"environment\.A: not text, got 5"),
        ({5: "x"}, r"environment\[5\]: not text, got 5"),
        (["A=x"], r"environment: not a mapping, got \['A=x'\]"),
        (None, "environment: not a mapping, got None"),
    ],
)
def test_fails_when_sagemaker_would_not_take_the_variables(
    environment: Any, words: str, new_stack, new_model
) -> None:
    """The limits of a fleet file hold for a `Model` too."""
    with pytest.raises(FleetRefused, match=rf"Stack/Model\.{words}"):
        new_model(new_stack(), environment=environment)


def test_a_variable_may_be_a_reference(new_stack, new_model, resources_of) -> None:
    """Its length is nobody's to know yet."""
    stack = new_stack()
    new_model(stack, environment={"TABLE": Fn.import_value("Table")})

    assert resources_of(stack).one("SageMaker::Model")["PrimaryContainer"]["Environment"]["TABLE"]


@pytest.mark.parametrize(
    ("image", "environment", "words"),
    [
        (("huggingface-tgi", "3.3.6"), {}, r"secrets: nothing in this image reads a secret, got HF_TOKEN"),
        (None, {"HF_TOKEN_SECRET_ID": "x"}, r"environment: a variable that is a secret too"),
    ],
)
def test_fails_when_nobody_would_read_a_secret(
    image: tuple[str, str] | None, environment: dict[str, str], words: str, new_stack
) -> None:
    """As in a fleet file."""
    chosen = ModelImage.from_uri(IMAGE)
    if image is not None:
        chosen = ModelImage.from_framework(image[0], version=image[1], instance_type="ml.g5.xlarge")

    with pytest.raises(FleetRefused, match=rf"Stack/Chat\.{words}"):
        Model(
            new_stack(),
            "Chat",
            image=chosen,
            environment=environment,
            network_isolation=False,
            secrets={"HF_TOKEN": "prod/hugging-face"},
        )


@pytest.mark.parametrize(
    ("keyword", "value", "words"),
    [
        ("secrets", ["HF_TOKEN"], r"secrets: not a mapping, got \['HF_TOKEN'\]"),
        ("secrets", {"HF_TOKEN": 5}, r"secrets\.HF_TOKEN: not text, got 5"),
        ("secrets", {5: "prod/hugging-face"}, r"secrets\[5\]: not text, got 5"),
        ("network_isolation", None, "network_isolation: neither true nor false, got None"),
        ("accept_eula", "yes", "accept_eula: neither true nor false, got yes"),
        ("image", None, "image: required key is missing, got nothing"),
    ],
)
def test_fails_when_a_keyword_of_a_model_has_another_kind_of_value(
    keyword: str, value: Any, words: str, new_stack, new_model
) -> None:
    """None is no value either: a model without a network would silently get one."""
    with pytest.raises(FleetRefused, match=rf"Stack/Model\.{words}"):
        new_model(new_stack(), **{keyword: value})


def test_fails_with_all_wrong_kinds_of_a_container_at_once(new_stack) -> None:
    """With the place of the one among several."""
    variables: Any = ["A=x"]
    accepted: Any = "yes"
    image = ModelImage.from_uri(IMAGE)
    containers = {"a": Container(image), "b": Container(image, environment=variables, accept_eula=accepted)}

    with pytest.raises(FleetRefused) as error:
        ContainerModel(new_stack(), "Both", containers=containers)
    assert ["Stack/Both/Containers/b.environment", "Stack/Both/Containers/b.accept_eula"] == [
        each.path for each in error.value.refusals
    ]


def test_fails_when_a_jumpstart_model_has_a_secret_in_plain_text(new_stack) -> None:
    """In the words of a fleet file, not in pydantic's."""
    with pytest.raises(FleetRefused, match=r"Stack/Falcon\.environment\.HF_TOKEN: a secret in plain text"):
        JumpStartModel(
            new_stack(),
            "Falcon",
            model_id="huggingface-llm-falcon-40b-instruct-bf16",
            lock="fleets/jumpstart.lock.json",
            instance_type="ml.g5.12xlarge",
            environment={"HF_TOKEN": "hf_secret"},
        )


LIVE_OF_COMPLETION: dict[str, Any] = dict.fromkeys(
    ("success_topic", "error_topic", "status_table", "encryption_key")
)
"""What it is not given here: the refusal comes before anything is built."""


@pytest.mark.parametrize("retention", ["x", Duration.days(0)])
def test_fails_when_rows_are_kept_for_no_time(retention: Any, new_stack) -> None:
    """By the rules of `notify` in a fleet file."""
    with pytest.raises(FleetRefused, match=r"Stack/Completion\.retention: "):
        CompletionPipeline(new_stack(), "Completion", retention=retention, **LIVE_OF_COMPLETION)


def test_fails_when_a_batch_transform_has_no_time(new_stack, new_model) -> None:
    """A time-out in words."""
    stack = new_stack()
    said: dict[str, Any] = {"instance_type": "ml.m5.large", "timeout": "a day"}

    with pytest.raises(FleetRefused, match=r"Stack/Nightly\.timeout: not a duration, got a day"):
        BatchTransform(stack, "Nightly", model=new_model(stack), **said)


@pytest.mark.parametrize(
    ("keyword", "value"),
    [("image", IMAGE), ("artifact", "s3://models/one.tar.gz"), ("vpc", "vpc-1"), ("role", "ours")],
)
def test_fails_when_a_part_of_a_model_is_only_a_name(keyword: str, value: str, new_stack, new_model) -> None:
    """`ModelImage.from_uri` and its like are what a name becomes."""
    with pytest.raises(FleetRefused, match=rf"Stack/Model\.{keyword}: not an object, got {value[:8]}"):
        new_model(new_stack(), **{keyword: value})


@pytest.mark.parametrize("kind", ["realtime", "async", "multi-model", "multi-container", "pipeline"])
def test_fails_when_the_model_is_only_a_name(kind: str, hosted) -> None:
    """As for its parts."""
    with pytest.raises(FleetRefused, match=r"Ours\.model: not (an object|a mapping), got ours"):
        hosted(kind, model="ours")


def test_fails_when_a_state_machine_has_a_name_that_jobs_cannot_have(new_stack, new_model) -> None:
    """The names of jobs begin with it."""
    stack = new_stack()

    with pytest.raises(FleetRefused, match=r"Nightly\.state_machine_name: not a name that SageMaker takes"):
        BatchTransform(
            stack,
            "Nightly",
            model=new_model(stack),
            instance_type="ml.m5.large",
            state_machine_name="every_night",
        )


def test_fails_with_all_faults_of_a_variant_at_their_place(hosted, new_stack, new_model) -> None:
    """Beside those of the endpoint, and with the name of the variant."""
    stack = new_stack()
    canary = Variant(
        new_model(stack, "Canary"),
        "ml.m5.huge",
        volume_size=Size.mebibytes(1500),
        instance_pools=[InstancePool("ml.m5.xlarge", 9)],
    )

    with pytest.raises(FleetRefused) as error:
        hosted("realtime", variants={"canary": canary}, weight=-1)
    assert {
        "Stack/Ours.variants.canary.instance_pools[0].priority",
        "Stack/Ours.variants.canary.instance_type",
        "Stack/Ours.variants.canary.volume_size",
        "Stack/Ours.weight",
    } == {each.path for each in error.value.refusals}


def test_fails_when_a_variant_depends_on_a_reference(hosted, new_stack, new_model) -> None:
    """As the endpoint itself."""
    later = Duration.seconds(Token.as_number(NUMBER))
    canary = Variant(new_model(new_stack()), "ml.m5.large", variant_instance_provision_timeout=later)

    with pytest.raises(FleetRefused, match=rf"Ours\.variants: .*{LATER}"):
        hosted("realtime", variants={"canary": canary})


@pytest.mark.parametrize("uri", ["s3://B/legal.tar.gz", "s3://models/legal/"])
def test_an_adapter_is_one_archive_in_a_bucket_that_there_can_be(
    uri: str, new_stack, new_model, new_lab
) -> None:
    """As a fleet file is told; AWS would refuse it in the middle of a deployment."""
    stack = new_stack()
    writer = new_lab(stack).add_component("writer", model=new_model(stack))

    with pytest.raises(FleetRefused, match=r"writer/Adapters/legal\.source: .*got .*allowed"):
        writer.add_adapter("legal", artifact=ModelArtifact.from_uri(uri))
