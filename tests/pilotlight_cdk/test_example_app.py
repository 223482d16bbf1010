"""The example that the README begins with runs, and is as clean as the fleet."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run_example(new_app: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """Give what runs the app of an example and gives its stack."""

    def run(name: str) -> Any:
        import aws_cdk  # noqa: PLC0415 - after Node was found

        monkeypatch.chdir(ROOT)
        monkeypatch.setattr(aws_cdk, "App", new_app)
        return runpy.run_path(f"examples/{name}/app.py")["stack"]

    return run


@pytest.mark.shows("async", "example")
def test_the_smallest_app_synthesizes(run_example, findings_of, resources_of) -> None:
    """Five lines give an endpoint that sleeps and wakes, without a finding."""
    stack = run_example("async_endpoint")

    assert 0 == resources_of(stack).one("ApplicationAutoScaling::ScalableTarget")["MinCapacity"]
    assert [] == findings_of(stack)


@pytest.mark.shows("realtime", "example")
def test_the_app_that_answers_at_once_synthesizes(run_example, findings_of, resources_of) -> None:
    """It never has zero instances, and no finding either."""
    stack = run_example("realtime_endpoint")

    assert 1 == resources_of(stack).one("ApplicationAutoScaling::ScalableTarget")["MinCapacity"]
    assert [] == findings_of(stack)


@pytest.mark.shows("multi-model", "example")
def test_the_app_of_many_models_synthesizes(run_example, findings_of, resources_of) -> None:
    """A tenant may ask its own models only, and no finding is left."""
    stack = run_example("multi_model_endpoint")
    statement = resources_of(stack).statement("Acme", "sagemaker:InvokeEndpoint")

    assert {"StringLike": {"sagemaker:TargetModel": ["acme/*"]}} == {
        key: {name: [value] if isinstance(value, str) else value for name, value in each.items()}
        for key, each in statement["Condition"].items()
    }
    assert [] == findings_of(stack)


def test_the_app_with_a_container_of_its_own_synthesizes(run_example, findings_of, resources_of) -> None:
    """Without Docker; the image is for Graviton, as its instances are, and no finding is left."""
    stack = run_example("bring_your_own")
    container = resources_of(stack).one("SageMaker::Model")["PrimaryContainer"]

    assert "cdk-hnb659fds-container-assets-" in container["Image"]["Fn::Sub"]
    assert container["ModelDataUrl"]["Fn::Sub"].endswith(".tar.gz")
    assert [] == findings_of(stack)


@pytest.mark.shows("inference-components", "example")
def test_the_app_of_components_synthesizes(run_example, findings_of, resources_of) -> None:
    """Both components, and the instances below them, may go to zero; no finding is left."""
    stack = run_example("inference_component_endpoint")
    resources = resources_of(stack)
    targets = resources.all("ApplicationAutoScaling::ScalableTarget")
    (variant,) = resources.one("SageMaker::EndpointConfig")["ProductionVariants"]

    assert [0, 0] == [each["MinCapacity"] for each in targets]
    assert 0 == variant["ManagedInstanceScaling"]["MinInstanceCount"]
    assert [] == findings_of(stack)


@pytest.mark.shows("serverless", "example")
def test_the_app_without_instances_synthesizes(run_example, findings_of, resources_of) -> None:
    """One request is kept ready, up to five when they are in use."""
    stack = run_example("serverless_endpoint")
    (variant,) = resources_of(stack).one("SageMaker::EndpointConfig")["ProductionVariants"]

    assert {"MemorySizeInMB": 2048, "MaxConcurrency": 10, "ProvisionedConcurrency": 1} == (
        variant["ServerlessConfig"]
    )
    assert [] == findings_of(stack)


@pytest.mark.parametrize(
    ("example", "mode"),
    [
        pytest.param(
            "multi_container_endpoint", "Direct", marks=pytest.mark.shows("multi-container", "example")
        ),
        pytest.param("pipeline_endpoint", "Serial", marks=pytest.mark.shows("pipeline", "example")),
    ],
)
def test_the_apps_of_several_containers_synthesize(
    example: str, mode: str, run_example, findings_of, resources_of
) -> None:
    """The same two containers, side by side and in a row, without a finding."""
    stack = run_example(example)
    model = resources_of(stack).one("SageMaker::Model")

    assert mode == model["InferenceExecutionConfig"]["Mode"]
    assert ["redact", "sort"] == [each["ContainerHostname"] for each in model["Containers"]]
    assert [] == findings_of(stack)


@pytest.mark.shows("batch-transform", "example")
def test_the_app_that_works_at_night_synthesizes(run_example, findings_of, resources_of) -> None:
    """No endpoint at all: a state machine, its schedule, and no finding."""
    stack = run_example("batch_transform")
    resources = resources_of(stack)
    states = resources.one("StepFunctions::StateMachine")["Definition"]["States"]

    assert "$[0,2:]" == states["Transform"]["Arguments"]["DataProcessing"]["OutputFilter"]
    assert "Europe/Berlin" == resources.one("Scheduler::Schedule")["ScheduleExpressionTimezone"]
    assert not resources.all("SageMaker::Endpoint")
    assert [] == findings_of(stack)
