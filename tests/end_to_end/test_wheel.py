"""The wheel in an empty environment: what another team gets from `pip install pilotlight[cdk]`."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

APP = """
import pilotlight_cdk as pilotlight
from aws_cdk import App, Environment, Stack

stack = Stack(App(outdir="out"), "Mine", env=Environment(region="us-east-1"))
image = pilotlight.ModelImage.from_framework("scikit-learn", version="1.4-2")
files = pilotlight.ModelArtifact.from_uri("s3://models/ticket/model.tar.gz")
on = {"instance_type": "ml.m5.large"}

def model(id, artifact=files, **said):
    return pilotlight.Model(stack, id, image=image, artifact=artifact, **said)

def several(id):
    one = pilotlight.Container(image, files)
    return pilotlight.ContainerModel(stack, id, containers={"first": one, "second": one})

pilotlight.AsyncEndpoint(stack, "Async", model=model("A"), notify={"status_table": True}, **on)
realtime = pilotlight.RealtimeEndpoint(stack, "Realtime", model=model("R"), **on)
many = pilotlight.MultiModelEndpoint(stack, "Many", model=model("M", artifact=None), **on)
pilotlight.WarmUp(stack, "WarmUp", endpoint=many, models=many.models, encryption_key=many.models.key,
                  alarm_topic=pilotlight.NotificationTopic(stack, "Topic", display_name="alarms",
                                                           encryption_key=many.models.key))
pilotlight.InferenceComponentEndpoint(stack, "Shared", **on).add_component("one", model=model("I"))
pilotlight.ServerlessEndpoint(stack, "Serverless", model=model("S", network_isolation=False))
pilotlight.MultiContainerEndpoint(stack, "Direct", model=several("D"), **on)
pilotlight.PipelineEndpoint(stack, "Pipeline", model=several("P"), **on)
pilotlight.BatchTransform(stack, "Nightly", model=model("B"), **on)
pilotlight.FleetDashboard(stack, "Dashboard", dashboard_name="mine", endpoints={"realtime": realtime})
stack.node.root.synth()
"""
"""One of every construct."""


@pytest.fixture(scope="module")
def empty(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel, its extra `cdk` and nothing else; no node on PATH."""
    folder = tmp_path_factory.mktemp("empty")
    lock = (checkout / "requirements.txt").read_text()
    pins = re.findall(r"^[a-z0-9][^ ]*==[^ ;\\]+", lock, re.MULTILINE)
    (folder / "pins.txt").write_text("\n".join(pins))
    _run(checkout, sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    (wheel,) = folder.glob("*.whl")
    _run(folder, sys.executable, "-m", "venv", "venv")
    _run(folder, "venv/bin/pip", "install", "--quiet", "--constraint", "pins.txt", f"{wheel}[cdk]")
    return folder


def test_an_app_of_every_construct_synthesizes_with_its_lambda_assets(empty: Path) -> None:
    """The sources of the functions come out of the wheel, with what they need beside them."""
    (empty / "app.py").write_text(APP)
    _run(empty, "venv/bin/python", "app.py")
    template = json.loads((empty / "out/Mine.template.json").read_text())
    kinds = {resource["Type"] for resource in template["Resources"].values()}
    handlers = {path.parent for path in (empty / "out").glob("asset.*/handler.py")}

    assert {
        "AWS::ApplicationAutoScaling::ScalingPolicy",
        "AWS::CloudWatch::Dashboard",
        "AWS::SageMaker::Endpoint",
        "AWS::SageMaker::InferenceComponent",
        "AWS::StepFunctions::StateMachine",
    } <= kinds
    assert 3 == len(handlers)
    assert all((folder / "aws_lambda_powertools").is_dir() for folder in handlers)


def test_the_wheel_is_typed_and_holds_no_tests(empty: Path) -> None:
    """Both packages say that they are typed; nothing of the repository's own comes along."""
    (site,) = empty.glob("venv/lib/python3*/site-packages")

    assert (site / "pilotlight/py.typed").exists()
    assert (site / "pilotlight_cdk/py.typed").exists()
    assert [] == [name for name in ("tests", "stacks", "lambda", "app.py") if (site / name).exists()]


def _run(folder: Path, *command: str) -> None:
    environment = {**os.environ, "PATH": f"{folder}/venv/bin:/bin"}
    environment.pop("PYTHONPATH", None)
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stdout + done.stderr
