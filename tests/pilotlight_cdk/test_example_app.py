"""The example that the README begins with runs, and is as clean as the fleet."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_the_smallest_app_synthesizes(
    new_app, findings_of, resources_of, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five lines give an endpoint that sleeps and wakes, without a finding."""
    import aws_cdk  # noqa: PLC0415 - after Node was found

    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(aws_cdk, "App", new_app)

    stack = runpy.run_path("examples/async_endpoint/app.py")["stack"]

    assert 0 == resources_of(stack).one("ApplicationAutoScaling::ScalableTarget")["MinCapacity"]
    assert [] == findings_of(stack)


def test_the_app_that_answers_at_once_synthesizes(
    new_app, findings_of, resources_of, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It never has zero instances, and no finding either."""
    import aws_cdk  # noqa: PLC0415 - after Node was found

    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(aws_cdk, "App", new_app)

    stack = runpy.run_path("examples/realtime_endpoint/app.py")["stack"]

    assert 1 == resources_of(stack).one("ApplicationAutoScaling::ScalableTarget")["MinCapacity"]
    assert [] == findings_of(stack)


def test_the_app_of_many_models_synthesizes(
    new_app, findings_of, resources_of, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tenant may ask its own models only, and no finding is left."""
    import aws_cdk  # noqa: PLC0415 - after Node was found

    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(aws_cdk, "App", new_app)

    stack = runpy.run_path("examples/multi_model_endpoint/app.py")["stack"]
    statement = resources_of(stack).statement("Acme", "sagemaker:InvokeEndpoint")

    assert {"StringLike": {"sagemaker:TargetModel": ["acme/*"]}} == {
        key: {name: [value] if isinstance(value, str) else value for name, value in each.items()}
        for key, each in statement["Condition"].items()
    }
    assert [] == findings_of(stack)


def test_the_app_with_a_container_of_its_own_synthesizes(
    new_app, findings_of, resources_of, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without Docker; the image is for Graviton, as its instances are, and no finding is left."""
    import aws_cdk  # noqa: PLC0415 - after Node was found

    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(aws_cdk, "App", new_app)

    stack = runpy.run_path("examples/bring_your_own/app.py")["stack"]
    container = resources_of(stack).one("SageMaker::Model")["PrimaryContainer"]

    assert "cdk-hnb659fds-container-assets-" in container["Image"]["Fn::Sub"]
    assert container["ModelDataUrl"]["Fn::Sub"].endswith(".tar.gz")
    assert [] == findings_of(stack)


def test_the_app_of_components_synthesizes(
    new_app, findings_of, resources_of, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both components, and the instances below them, may go to zero; no finding is left."""
    import aws_cdk  # noqa: PLC0415 - after Node was found

    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(aws_cdk, "App", new_app)

    stack = runpy.run_path("examples/inference_component_endpoint/app.py")["stack"]
    resources = resources_of(stack)
    targets = resources.all("ApplicationAutoScaling::ScalableTarget")
    (variant,) = resources.one("SageMaker::EndpointConfig")["ProductionVariants"]

    assert [0, 0] == [each["MinCapacity"] for each in targets]
    assert 0 == variant["ManagedInstanceScaling"]["MinInstanceCount"]
    assert [] == findings_of(stack)
