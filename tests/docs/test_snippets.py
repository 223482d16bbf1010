"""What the pages show can be copied: fleet files are accepted, Python synthesizes."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from pilotlight.spec import cost_refusals, load_fleet
from tests.docs.pages import ROOT, name_of, pages, snippets

OF_TRITON = ROOT / "docs/commands/package.md"
"""Its descriptions are packaged by a test of their own."""

OWN = ROOT / "examples/bring_your_own"
BESIDE = {
    "examples": ROOT / "examples",
    "jumpstart.lock.json": ROOT / "fleets/jumpstart.lock.json",
    "container": OWN / "container",
    "model": OWN / "model",
}
"""What lies beside the fleet file of a reader."""

ON_CPU = {"instance_type": "ml.m5.large"}
ON_GPU = {
    "instance_type": "ml.g5.xlarge",
    "inference_ami_version": "al2023-ami-sagemaker-inference-gpu-4-1",
}


def _fleets() -> Iterator[Any]:
    """Each fleet file, or model, that a page shows."""
    for page in pages():
        if page != OF_TRITON:
            for number, code in enumerate(snippets(page, "yaml")):
                for each in re.split(r"^(?=model:)", code, flags=re.MULTILINE):
                    if each:
                        yield pytest.param(each, id=f"{name_of(page)}, {number}")


def _whole(code: str) -> dict[str, Any]:
    """Give a fleet file as it is shown, with a name where it has none; a model is put into an endpoint."""
    said = {"name": "shown", **yaml.safe_load(code.replace("sha256:…", f"sha256:{'0' * 64}"))}
    if "model" in said:
        place = ON_GPU if "vllm" in code else ON_CPU
        said["endpoints"] = {"shown": {"kind": "realtime", "model": said.pop("model"), **place}}
    return said


@pytest.mark.parametrize("code", [*_fleets()])
def test_a_fleet_file_is_accepted(code: str, tmp_path: Path) -> None:
    """Nothing in it is refused."""
    for name, target in BESIDE.items():
        (tmp_path / name).symlink_to(target)
    fleet = _whole(code)
    (tmp_path / "fleet.yaml").write_text(yaml.safe_dump(fleet))

    loaded = load_fleet(tmp_path / "fleet.yaml")

    assert {*fleet["endpoints"]} == {*loaded.endpoints}
    assert () == cost_refusals(loaded)


def _programs() -> Iterator[Any]:
    for page in sorted((ROOT / "docs/constructs").glob("*.md")):
        for number, code in enumerate(snippets(page, "python")):
            yield pytest.param(code, id=f"{name_of(page)}, {number}")


@pytest.mark.thorough
@pytest.mark.parametrize("code", [*_programs()])
def test_python_synthesizes(
    code: str, known: Callable[[], dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a stack that has what its reader has already: a model, an endpoint, a key, topics."""
    from aws_cdk.assertions import Template  # noqa: PLC0415 - starts Node, which other tests do not need

    for name, target in BESIDE.items():
        (tmp_path / name).symlink_to(target)
    monkeypatch.chdir(tmp_path)
    names = known()
    before = len(names["stack"].node.find_all())
    exec(compile(code, "snippet", "exec"), names)  # noqa: S102 - it is our own page

    assert len(names["stack"].node.find_all()) > before
    assert Template.from_stack(names["stack"]).to_json()["Resources"]


@pytest.fixture
def known(new_app: Callable[..., Any]) -> Callable[[], dict[str, Any]]:
    """Give what makes the names that a snippet may use."""

    def make() -> dict[str, Any]:
        import pilotlight_cdk  # noqa: PLC0415, I001 - starts Node, which other tests do not need
        from aws_cdk import Environment, Stack  # noqa: PLC0415 - as above
        from aws_cdk.aws_sagemaker import CfnEndpoint  # noqa: PLC0415 - as above
        from datetime import timedelta  # noqa: PLC0415 - one of the names

        stack = Stack(new_app(), "Shown", env=Environment(region="us-east-1"))
        public = {name: getattr(pilotlight_cdk, name) for name in pilotlight_cdk.__all__}
        key = pilotlight_cdk.CustomerKey(stack, "KnownKey", description="Encrypts everything")
        topics = {
            name: pilotlight_cdk.NotificationTopic(stack, name, display_name=name, encryption_key=key)
            for name in ("answers", "failures")
        }
        image = pilotlight_cdk.ModelImage.from_framework("scikit-learn", version="1.4-2")
        return {
            **public,
            **topics,
            "CfnEndpoint": CfnEndpoint,
            "timedelta": timedelta,
            "stack": stack,
            "key": key,
            "topic": pilotlight_cdk.AlarmTopic(stack, "KnownTopic", of="everything", encryption_key=key),
            "model": pilotlight_cdk.Model(stack, "KnownModel", image=image),
            "endpoint": pilotlight_cdk.MultiModelEndpoint(
                stack,
                "Known",
                model=pilotlight_cdk.Model(stack, "KnownContainer", image=image),
                instance_type="ml.m5.large",
            ),
        }

    return make


def test_the_app_of_the_readme_is_an_example() -> None:
    """Word for word, but for its first lines; a test runs it."""
    (shown,) = snippets(ROOT / "README.md", "python")
    example = ast.parse((ROOT / "examples/async_endpoint/app.py").read_text()).body

    assert ast.dump(ast.parse(shown)) == ast.dump(ast.Module(example[2:], []))


def test_the_fleet_of_the_readme_is_the_starter() -> None:
    """What `cdk deploy` deploys by default."""
    (shown,) = snippets(ROOT / "README.md", "yaml")

    assert yaml.safe_load((ROOT / "fleet.yaml").read_text()) == yaml.safe_load(shown)
