"""The operations stack: a page of metrics that exist, and warm-up; tied to endpoints by their names only."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pilotlight.catalog import multi_model, naming, warm_up
from pilotlight.catalog.instance_types import processor_of
from pilotlight.catalog.metrics import OF_GPUS, metrics_of
from pilotlight.catalog.published import published_by
from pilotlight.spec import FleetSpec, load_fleet
from stacks.fleet import add_stacks

ROOT = Path(__file__).resolve().parents[2]
MODEL = {"image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/ours:1"}
HOSTED = {"model": MODEL, "instance_type": "ml.m5.large"}
KEPT_WARM = {"kind": "realtime", "warm_up": {"sample": {"body": "1,2"}}}
STACK = "Pilotlight-a-operations"


def text_of(value: Any) -> str:
    """A template's text with references replaced by a word."""
    match value:
        case {"Fn::Join": [delimiter, parts]}:
            return str(delimiter).join(text_of(part) for part in parts)
        case str():
            return value
        case _:
            return "REFERENCE"


def shown(template: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Namespace, name and dimensions of every metric on the dashboard."""
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::CloudWatch::Dashboard":
            widgets = json.loads(text_of(resource["Properties"]["DashboardBody"]))["widgets"]
            for metric in (each for widget in widgets for each in widget["properties"].get("metrics", ())):
                space, name, *dimensions = metric[:-1]
                yield space, name, dict(zip(dimensions[::2], dimensions[1::2], strict=True))


@pytest.fixture
def assembly_of(new_app: Callable[..., Any], tmp_path) -> Callable[..., Any]:
    """Give what synthesizes a fleet of these endpoints."""

    def synth(**endpoints: Any) -> Any:
        app = new_app()
        fleet = FleetSpec.model_validate({"name": "a", "endpoints": endpoints})
        add_stacks(app, fleet, source_root=tmp_path)
        return app.synth()

    return synth


@pytest.mark.parametrize("file", ["fleet.yaml", "fleets/showcase.yaml"])
def test_the_dashboard_shows_all_that_is_published_and_nothing_else(file: str, synthesized) -> None:
    """By kind of endpoint: a graph of a metric that does not exist would stay empty for ever."""
    fleet = load_fleet(ROOT / file)
    found = [*shown(synthesized.templates[naming.stack_name(fleet.name, naming.OPERATIONS_KEY)])]

    for key, endpoint in fleet.endpoints.items():
        on_gpus = any(processor_of(each.instance_type) == "gpu" for each in endpoint.capacities)
        facts = (fact for fact in published_by(endpoint.kind) if on_gpus or fact not in OF_GPUS)
        published = {(fact.namespace, fact.name, fact.dimensions) for fact in facts}
        assert published == {
            (space, metric, tuple(dimensions))
            for space, metric, dimensions in found
            if dimensions["EndpointName"] == naming.endpoint_name(fleet.name, key)
            and space != warm_up.NAMESPACE
        }


def test_what_nothing_can_publish_is_not_shown(assembly_of) -> None:
    """A variant without GPUs has no line of theirs, and only provisioned concurrency shows its use."""
    gpu = HOSTED | {"instance_type": "ml.g5.xlarge"}
    serverless = {"kind": "serverless", "model": MODEL | {"network_isolation": False}}
    assembly = assembly_of(
        x=HOSTED | {"kind": "realtime", "variants": {"fast": gpu}},
        y=serverless,
        z=serverless | {"provisioned_concurrency": 1},
    )
    found = [*shown(assembly.get_stack_by_name(STACK).template)]

    assert {"fast"} == {where["VariantName"] for _, name, where in found if name.startswith("GPU")}
    assert {"a-z"} == {where["EndpointName"] for _, name, where in found if "Provisioned" in name}


def test_what_is_in_one_graph_has_one_unit(assembly_of) -> None:
    """A share of 1 could not be seen among requests."""
    template = assembly_of(x=HOSTED | {"kind": "multi-model"}).get_stack_by_name(STACK).template
    (body,) = [
        each["Properties"]["DashboardBody"]
        for each in template["Resources"].values()
        if each["Type"] == "AWS::CloudWatch::Dashboard"
    ]
    graphs = {
        tuple(metric[1] for metric in widget["properties"].get("metrics", ()))
        for widget in json.loads(text_of(body))["widgets"]
    }

    assert ("ModelCacheHit",) in graphs


def test_the_metrics_of_models_are_published_by_multi_model_endpoints_only() -> None:
    """They join those that every endpoint of instances has."""
    assert multi_model.MODEL_CACHE_HIT in published_by("multi-model")
    assert multi_model.MODEL_CACHE_HIT not in published_by("realtime")
    assert {*metrics_of("multi-model")} <= {*published_by("multi-model")}


def test_what_is_shown_is_named_by_literals(assembly_of) -> None:
    """So no endpoint's stack holds this one, or is held by it; it does not even wait for the foundation."""
    assembly = assembly_of(x=HOSTED, y=HOSTED | {"kind": "realtime"})
    stack = assembly.get_stack_by_name(STACK)

    assert {"a-x", "a-y"} == {dimensions["EndpointName"] for _, _, dimensions in shown(stack.template)}
    assert [f"{STACK}.assets"] == [each.id for each in stack.dependencies]
    assert "Fn::ImportValue" not in json.dumps(stack.template)


def test_each_variant_has_its_line(assembly_of) -> None:
    """Metrics of a variant carry its name."""
    variants = {"blue": HOSTED}
    template = (
        assembly_of(x=HOSTED | {"kind": "realtime", "variants": variants}).get_stack_by_name(STACK).template
    )
    named = {dimensions["VariantName"] for _, name, dimensions in shown(template) if name == "Invocations"}

    assert {"AllTraffic", "blue"} == named


def test_each_container_has_its_line(assembly_of) -> None:
    """Side by side they publish more than in a row, which they do under their names."""
    several = {"containers": {name: {"model": HOSTED["model"]} for name in ("clean", "sort")}}
    steps = [{"name": name, **each} for name, each in several["containers"].items()]
    on = {"instance_type": "ml.m5.large"}
    template = (
        assembly_of(
            x={"kind": "multi-container", **several, **on}, y={"kind": "pipeline", "containers": steps, **on}
        )
        .get_stack_by_name(STACK)
        .template
    )
    named = {
        (dimensions["EndpointName"], name, dimensions["ContainerName"])
        for _, name, dimensions in shown(template)
        if "ContainerName" in dimensions
    }

    assert {("a-y", "ContainerLatency", "clean"), ("a-y", "ContainerLatency", "sort")} == {
        each for each in named if each[0] == "a-y"
    }
    assert ("a-x", "Invocation5XXErrors", "sort") in named


def test_an_endpoint_that_asks_for_it_is_kept_warm(assembly_of) -> None:
    """From here, with a graph; other endpoints are not, and the endpoint's own stack knows nothing of it."""
    assembly = assembly_of(x=HOSTED, y=HOSTED | KEPT_WARM)
    template = assembly.get_stack_by_name(STACK).template
    functions = [each for each in template["Resources"].values() if each["Type"] == "AWS::Lambda::Function"]
    (variables,) = [each["Properties"]["Environment"]["Variables"] for each in functions]

    assert "a-y" == variables["ENDPOINT_NAME"]
    metrics = {
        (name, dimensions["EndpointName"])
        for space, name, dimensions in shown(template)
        if space == warm_up.NAMESPACE
    }
    assert {
        (warm_up.MODELS_LOADED, "a-y"),
        (warm_up.MODELS_FAILED, "a-y"),
        (warm_up.MODELS_SKIPPED, "a-y"),
    } == metrics
    assert "warm_up" not in json.dumps(assembly.get_stack_by_name("Pilotlight-a-y").template).lower()


def test_models_are_found_where_they_are_published(assembly_of) -> None:
    """Below the prefix of the endpoint's key in the bucket of the foundation."""
    many = HOSTED | {"kind": "multi-model", "warm_up": {}}
    template = assembly_of(x=many).get_stack_by_name(STACK).template
    (function,) = [each for each in template["Resources"].values() if each["Type"] == "AWS::Lambda::Function"]
    variables = function["Properties"]["Environment"]["Variables"]

    assert "models/x/" == variables["MODELS_PREFIX"]
    assert "DataBucketName" in json.dumps(variables["MODELS_BUCKET"])
    assert {"ModelCacheHit", "LoadedModelCount"} <= {name for _, name, _ in shown(template)}


def test_everything_tells_the_one_topic(assembly_of) -> None:
    """The fleet's, of the foundation: failed runs, failed models, and what the endpoints' alarms see."""
    assembly = assembly_of(y=HOSTED | KEPT_WARM)
    topics = {
        json.dumps(action)
        for stack in ("Pilotlight-a-y", STACK)
        for resource in assembly.get_stack_by_name(stack).template["Resources"].values()
        if resource["Type"] == "AWS::CloudWatch::Alarm"
        for action in resource["Properties"]["AlarmActions"]
    }

    assert 1 == len(topics)
    assert "AlarmTopicArn" in topics.pop()


def test_nothing_is_found_against_it(assembly_of, new_app, tmp_path) -> None:
    """With a warm-up, which the fleets of this repository may not have."""
    from cdk_nag import AwsSolutionsChecks  # noqa: PLC0415 - after Node was found

    app = new_app()
    fleet = FleetSpec.model_validate({"name": "a", "endpoints": {"y": HOSTED | KEPT_WARM}})
    add_stacks(app, fleet, source_root=tmp_path)
    app.synth()
    found = AwsSolutionsChecks(app).validate_scope(app).violations

    assert [] == [each.rule_name for each in found]
