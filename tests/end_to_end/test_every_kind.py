"""One fleet with an endpoint of each new kind: deployed by the CDK, invoked, described, changed, gone."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from pilotlight.local.deploy import CdkApp
from pilotlight.local.local_aws import LocalAws
from pilotlight.local.overview import overview
from pilotlight.local.story.processes import processes_of
from tests.waiting import wait_until

FLEET = """
name: kinds
endpoints:
  on-demand:
    kind: serverless
    model: {{framework: scikit-learn, version: "1.4-2", source: {intent}}}
    memory_size: 2GiB
    max_concurrency: 3
  several:
    kind: multi-container
    instance_type: ml.m5.large
    containers:
      intent: {{model: {{framework: scikit-learn, version: "1.4-2", source: {intent}}}}}
      clean: {{model: {{framework: scikit-learn, version: "1.4-2", source: {clean}}}}}
  in-a-row:
    kind: pipeline
    instance_type: ml.m5.large
    containers:
      - {{name: clean, model: {{framework: scikit-learn, version: "1.4-2", source: {clean}}}}}
      - {{name: intent, model: {{framework: scikit-learn, version: "1.4-2", source: {intent}}}}}
  shared:
    kind: inference-components
    instance_type: ml.m5.xlarge
    components:
      intent:
        model: {{framework: scikit-learn, version: "1.4-2", source: {intent}}}
        cores: 1
      clean:
        model: {{framework: scikit-learn, version: "1.4-2", source: {clean}}}
        cores: 1
"""

CLEANER = '''
"""Takes the noise out of a ticket: what it answers is a ticket again."""


def model_fn(model_dir):
    return None


def transform_fn(model, body, content_type, accept):
    text = body if isinstance(body, str) else body.decode()
    return text.replace("!", "").strip().lower(), content_type
'''
"""The script of a second model, whose answers are requests of the first one."""

TICKET = b"My INVOICE is wrong!!! Please refund me"


@pytest.fixture(scope="module")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAws]:
    """An embedded AWS, fast enough that no test waits for SageMaker."""
    with LocalAws(tmp_path_factory.mktemp("kinds") / "home", time_scale=240) as aws:
        yield aws


@pytest.fixture(scope="module")
def app(checkout: Path, aws: LocalAws, deploy: Callable[..., CdkApp]) -> CdkApp:
    """The fleet, deployed: all stacks that do not need each other at once."""
    clean = aws.home.root / "clean"
    (clean / "code").mkdir(parents=True)
    (clean / "code" / "inference.py").write_text(CLEANER)
    file = aws.home.root / "kinds.yaml"
    intent = os.path.relpath(checkout / "examples/models/ticket_intent", aws.home.root)
    file.write_text(FLEET.format(intent=intent, clean="clean"))
    return deploy(aws, file)


def _ask(aws: LocalAws, endpoint: str, **named: str) -> bytes:
    answer = aws.client("sagemaker-runtime").invoke_endpoint(
        EndpointName=f"kinds-{endpoint}", ContentType="text/plain", Body=TICKET, **named
    )
    body: bytes = answer["Body"].read()
    return body


def _variant(aws: LocalAws, endpoint: str) -> dict[str, Any]:
    described = aws.client("sagemaker").describe_endpoint(EndpointName=f"kinds-{endpoint}")
    assert "InService" == described["EndpointStatus"]
    [variant] = described["ProductionVariants"]
    return dict(variant)


def _intent(body: bytes) -> str:
    return str(json.loads(body)["predictions"][0]["intent"])


@pytest.mark.shows("serverless", "deploys", "invoked")
def test_a_serverless_endpoint_answers_without_instances(app: CdkApp, aws: LocalAws) -> None:
    """It shows its size, and no instance type."""
    assert "billing" in _intent(_ask(aws, "on-demand"))

    size = _variant(aws, "on-demand")["CurrentServerlessConfig"]
    assert (2048, 3) == (size["MemorySizeInMB"], size["MaxConcurrency"])


@pytest.mark.shows("multi-container", "deploys", "invoked")
def test_a_multi_container_endpoint_answers_from_the_container_that_is_named(
    app: CdkApp, aws: LocalAws
) -> None:
    """And says which ones there are when none is."""
    assert "billing" in _intent(_ask(aws, "several", TargetContainerHostname="intent"))
    assert b"my invoice is wrong please refund me" == _ask(aws, "several", TargetContainerHostname="clean")
    with pytest.raises(ClientError, match="TargetContainerHostname must be given, allowed clean, intent"):
        _ask(aws, "several")

    assert 2 == len(_variant(aws, "several")["DeployedImages"])


@pytest.mark.shows("pipeline", "deploys", "invoked")
def test_a_pipeline_answers_from_its_last_container(app: CdkApp, aws: LocalAws) -> None:
    """The first one cleaned the ticket, the second one knew what it is about."""
    assert "billing" in _intent(_ask(aws, "in-a-row", Accept="application/json"))


@pytest.mark.shows("inference-components", "deploys", "invoked")
def test_components_share_an_instance(app: CdkApp, aws: LocalAws) -> None:
    """Each is asked by its own name."""
    listed = aws.client("sagemaker").list_inference_components(EndpointNameEquals="kinds-shared")
    names = sorted(each["InferenceComponentName"] for each in listed["InferenceComponents"])

    assert ["kinds-shared-clean", "kinds-shared-intent"] == names
    assert "billing" in _intent(_ask(aws, "shared", InferenceComponentName="kinds-shared-intent"))
    assert 1 == _variant(aws, "shared")["CurrentInstanceCount"]
    described = aws.client("sagemaker").describe_inference_component(InferenceComponentName=names[1])
    assert ("InService", 1) == (
        described["InferenceComponentStatus"],
        described["RuntimeConfig"]["CurrentCopyCount"],
    )


def test_status_shows_every_kind(app: CdkApp, aws: LocalAws) -> None:
    """Concurrency, host names and components; an idle serverless endpoint has no container."""

    def asked() -> dict[str, Any]:
        _ask(aws, "on-demand")  # again: ten idle minutes are two and a half seconds here
        return {each["name"]: each for each in overview(aws)["endpoints"]}

    def running(seen: dict[str, Any]) -> int:
        return int(seen["kinds-on-demand"]["variants"][0]["concurrency"]["running"])

    seen = wait_until("a serverless endpoint that is awake", asked, wanted=running)
    assert 1 == running(seen)
    assert {"clean", "intent"} == {each["part"] for each in seen["kinds-several"]["containers"]}
    assert 2 == len(seen["kinds-shared"]["components"])


def test_a_change_is_deployed_in_place(app: CdkApp, aws: LocalAws) -> None:
    """The serverless endpoint gets another size by its template, and answers as before."""
    cloudformation, stack = aws.client("cloudformation"), "Pilotlight-kinds-on-demand"
    template = json.dumps(cloudformation.get_template(StackName=stack)["TemplateBody"])
    assert '"MemorySizeInMB": 2048' in template
    larger = template.replace('"MemorySizeInMB": 2048', '"MemorySizeInMB": 4096')
    cloudformation.update_stack(StackName=stack, TemplateBody=larger, Capabilities=["CAPABILITY_IAM"])
    cloudformation.get_waiter("stack_update_complete").wait(StackName=stack, WaiterConfig={"Delay": 1})

    assert 4096 == _variant(aws, "on-demand")["CurrentServerlessConfig"]["MemorySizeInMB"]
    assert "billing" in _intent(_ask(aws, "on-demand"))


def test_everything_is_destroyed_in_order(app: CdkApp, aws: LocalAws) -> None:
    """Components before their endpoint, and no container is left."""
    endpoints = [f"Pilotlight-kinds-{key}" for key in ("on-demand", "several", "in-a-row", "shared")]
    app.destroy(*endpoints)

    assert [] == aws.client("sagemaker").list_endpoints()["Endpoints"]
    assert [] == aws.client("sagemaker").list_inference_components()["InferenceComponents"]
    wait_until(
        "the end of all containers",
        lambda: processes_of(aws.home.temporary / "containers"),
        wanted=lambda left: not left,
    )
