"""The app: from a fleet file to templates, or to reasons why not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import app as entry
from pilotlight.spec import load_fleet

ROOT = Path(__file__).resolve().parents[2]
REAL = {"CDK_DEFAULT_ACCOUNT": "123456789012"}


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], str]:
    """Give what writes a fleet file and returns its path."""

    def write(text: str) -> str:
        file = tmp_path / "fleet.yaml"
        file.write_text(text, encoding="utf-8")
        return str(file)

    return write


FLEET = """\
name: small
{top}
endpoints:
  ocr:
    model: {{image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/ours:1"}}
    instance_type: ml.m5.large
"""


def templates(app: Any) -> list[str]:
    """The templates an app has written."""
    return sorted(file.name for file in Path(app.outdir).glob("*.template.json"))


def test_a_fleet_becomes_a_template_per_stack(new_app, written, capsys: pytest.CaptureFixture[str]) -> None:
    """The cost is printed beside them, on stderr: stdout is the CDK's."""
    app = new_app(fleet=written(FLEET.format(top="")))

    assert 0 == entry.synthesize(app, {})
    names = [f"Pilotlight-small-{key}.template.json" for key in ("foundation", "ocr", "operations")]
    assert names == templates(app)
    printed = capsys.readouterr()
    assert ("", True) == (printed.out, "cost of fleet small" in printed.err)


def test_fails_with_every_reason_and_no_template(
    new_app, written, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line per fault, with file and line; no traceback."""
    file = written(FLEET.format(top="regoin: us-east-1").replace("m5.large", "m5.lagre"))
    app = new_app(fleet=file)

    assert 1 == entry.synthesize(app, {})
    assert [] == templates(app)
    lines = capsys.readouterr().err.splitlines()
    assert [f"{file}:2", f"{file}:6"] == [":".join(line.split(":")[:2]) for line in lines]


def test_fails_in_one_line_when_the_cdk_refuses(
    new_app, written, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever nobody foresaw; a programmer asks for the traceback."""

    def refuse(*_: Any, **__: Any) -> None:
        raise RuntimeError("ValidationFailed: Validation failed.\n  at Kernel.invoke")

    monkeypatch.setattr(entry, "add_stacks", refuse)
    file = written(FLEET.format(top=""))
    assert 1 == entry.synthesize(new_app(fleet=file), {})
    quiet = capsys.readouterr().err
    monkeypatch.setenv("PILOTLIGHT_TRACEBACK", "1")
    assert 1 == entry.synthesize(new_app(fleet=file), {})

    assert "pilotlight: RuntimeError: ValidationFailed: Validation failed. (set" in quiet.splitlines()[-1]
    assert "Traceback" not in quiet
    assert "Traceback" in capsys.readouterr().err


def test_fails_when_a_fleet_may_cost_too_much(new_app, written, capsys: pytest.CaptureFixture[str]) -> None:
    """At maximum capacity, against the file's own limit."""
    app = new_app(fleet=written(FLEET.format(top="max_hourly_cost: 0.10")))

    assert 1 == entry.synthesize(app, {})
    assert [] == templates(app)
    assert "fleet.yaml:2: max_hourly_cost: " in capsys.readouterr().err


def test_fails_when_an_expensive_fleet_meets_a_real_account(
    new_app, capsys: pytest.CaptureFixture[str]
) -> None:
    """Until its figure is typed."""
    file = ROOT / "fleets/showcase.yaml"
    app = new_app(fleet=str(file))

    assert 1 == entry.synthesize(app, REAL)
    assert [] == templates(app)
    assert f"-c accept_hourly_cost={load_fleet(file).max_hourly_cost}" in capsys.readouterr().err


def test_a_stage_changes_names(new_app, written) -> None:
    """`-c stage=dev` takes the overlay of that name."""
    stages = "stages: {dev: {max_hourly_cost: 0.20}}"
    app = new_app(fleet=written(FLEET.format(top=stages)), stage="dev")

    assert 0 == entry.synthesize(app, {})
    assert "Pilotlight-small-dev-ocr.template.json" in templates(app)


def test_fails_when_a_model_cannot_be_packed(new_app, written, capsys: pytest.CaptureFixture[str]) -> None:
    """What only building shows is refused as politely."""
    file = written(
        FLEET.format(top="").replace(
            '{image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/ours:1"}',
            '{framework: scikit-learn, version: "1.4-2", source: model}',
        )
    )
    model = Path(file).parent / "model"
    model.mkdir()
    (model / "code").mkdir()
    (model / "code" / "inference.py").write_text("def model_fn(model_dir): ...")
    (model / "weights").symlink_to("/etc/hostname")
    app = new_app(fleet=file)

    assert 1 == entry.synthesize(app, {})
    assert [] == templates(app)
    assert "cannot be packed" in capsys.readouterr().err


def test_feature_flags_are_the_recommended_ones(synthesized) -> None:
    """cdk.json has every flag of the pinned CDK at its recommended value."""
    outdir = Path(synthesized.app.outdir)
    artifacts = json.loads((outdir / "manifest.json").read_text())["artifacts"]
    flags = artifacts["aws-cdk-lib/feature-flag-report"]["properties"]["flags"]

    assert 100 < len(flags)
    assert {} == {name: flag for name, flag in flags.items() if flag["recommendedValue"] != in_effect(flag)}


def in_effect(flag: dict[str, Any]) -> Any:
    """The value of a flag: the one set, else what this major version does without it."""
    return flag.get("userValue", flag.get("unconfiguredBehavesLike", {}).get("v2", False))


def test_nothing_is_reported_to_anybody() -> None:
    """No version reporting, no notices, no telemetry; validation is strict."""
    settings = json.loads((ROOT / "cdk.json").read_text())

    assert (False, False, False) == (
        settings["versionReporting"],
        settings["notices"],
        settings["context"]["cli-telemetry"],
    )
    assert settings["context"]["@aws-cdk/core:validateAgainstDefaultRules"] is True
    assert "weak" == settings["context"]["@aws-cdk/core:defaultCrossStackReferences"]
