"""The real CDK CLI writes the same templates again, with every validation on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

pytestmark = pytest.mark.end_to_end

ROOT = Path(__file__).resolve().parents[2]
FLEETS = ("fleet.yaml", "fleets/showcase.yaml")


def synth(fleet: str, output: Path, seed: str) -> subprocess.CompletedProcess[str]:
    """Run `cdk synth` as a user does, in a process of its own with another hash seed."""
    from pilotlight_cdk.node import bundled_node  # noqa: PLC0415 - not at collection

    node = bundled_node()
    assert node is not None
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("AWS_", "CDK_"))}
    path = os.pathsep.join([str(Path(sys.executable).parent), str(node.parent), os.environ["PATH"]])
    return subprocess.run(
        [
            str(node),
            str(ROOT / "node_modules/aws-cdk/bin/cdk"),
            "synth",
            "--quiet",
            "--no-notices",
            "--context",
            f"fleet={fleet}",
            "--output",
            str(output),
        ],
        cwd=ROOT,
        env=inherited | {"PYTHONHASHSEED": seed, "PATH": path, "CDK_HOME": str(output.parent / "home")},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def templates(output: Path) -> dict[str, bytes]:
    """What is deployed: templates and the lists of assets."""
    return {
        file.name: file.read_bytes()
        for pattern in ("*.template.json", "*.assets.json", "asset.*.tar.gz")
        for file in output.glob(pattern)
    }


@pytest.mark.parametrize("fleet", FLEETS)
def test_two_runs_write_the_same_bytes(fleet: str, tmp_path: Path) -> None:
    """Nothing depends on the order in which Python's hashes happen to be; validation finds nothing."""
    with ThreadPoolExecutor() as both:
        one, other = both.map(lambda seed: synth(fleet, tmp_path / f"cdk.out.{seed}", seed), ("1", "2"))

    assert (0, 0) == (one.returncode, other.returncode), one.stdout + one.stderr
    written = templates(tmp_path / "cdk.out.1")
    assert len(written) >= 4
    assert written == templates(tmp_path / "cdk.out.2")
    report = json.loads((tmp_path / "cdk.out.1/validation-report.json").read_text())
    assert [] == report["pluginReports"]


def test_strict_validation_refuses_what_cloudformation_would(tmp_path: Path) -> None:
    """The lane bites: a property out of its range fails synth, with the CDK's own rules and no AWS."""
    script = tmp_path / "app.py"
    script.write_text(
        "import json, sys\n"
        f"sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'constructs')!r}]\n"
        "import pilotlight_cdk as p\n"
        "from aws_cdk import App, Environment, Stack\n"
        f"app = App(context=json.load(open({str(ROOT / 'cdk.json')!r}))['context'])\n"
        "stack = Stack(app, 'Wrong', env=Environment(region='us-east-1'))\n"
        "image = p.ModelImage.from_uri('123456789012.dkr.ecr.us-east-1.amazonaws.com/ours:1')\n"
        "model = p.Model(stack, 'Model', image=image)\n"
        "endpoint = p.AsyncEndpoint(stack, 'Ocr', model=model, instance_type='ml.m5.large')\n"
        "endpoint.cfn_endpoint_config.add_property_override('ProductionVariants.0.InitialInstanceCount', 0)\n"
        "app.synth()\n"
    )
    environment = {key: value for key, value in os.environ.items() if key != "CDK_VALIDATION"}
    ran = subprocess.run(
        [sys.executable, str(script)],
        cwd=tmp_path,
        env=environment | {"CDK_OUTDIR": str(tmp_path / "cdk.out")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert 0 != ran.returncode
    assert "InitialInstanceCount" in ran.stdout + ran.stderr
