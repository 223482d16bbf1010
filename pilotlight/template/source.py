"""What a fleet is read out of: a cdk.out directory, the file of a template, or its data."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pilotlight.spec import FleetRefused, Refusal
from pilotlight.spec.did_you_mean import did_you_mean, listed
from pilotlight.template.cloud_assembly import CloudAssembly, cloud_assembly
from pilotlight.template.evaluation.stack import Stack
from pilotlight.template.stripped import stripped
from pilotlight.template.template_text import template_text

DEFAULT_REGION: Final = "us-east-1"
UNTITLED: Final = "template"


def assembly_of(
    source: Path | Mapping[str, Any], region: str, account: str | None, parameters: Mapping[str, Any]
) -> CloudAssembly:
    """Give the stacks of a cdk.out directory, or the one of a template; see `read_template`."""
    if isinstance(source, Path) and source.is_dir():
        _refuse_unknown(parameters, {}, source)
        return cloud_assembly(source, region=region, account=account)
    name = source.name.split(".")[0] if isinstance(source, Path) else UNTITLED
    template = template_text(source) if isinstance(source, Path) else source
    if not isinstance(template.get("Resources"), Mapping):
        what, allowed = "not a template", "a mapping of resources"
        raise FleetRefused((Refusal(file_of(source), None, "Resources", what, "nothing", allowed),))
    stack = Stack(name, stripped(template), region, account, parameters)
    _refuse_unknown(parameters, stack.section("Parameters"), source)
    return CloudAssembly({name: stack})


def _refuse_unknown(given: Mapping[str, Any], declared: Mapping[str, Any], source: Any) -> None:
    """Raise for every parameter that nothing declares, as CloudFormation does; a cdk.out takes none."""
    where, allowed = file_of(source), listed([*declared]) or "none"
    hints = {name: did_you_mean(name, declared) for name in given if name not in declared}
    what = "no such parameter"
    refusals = (
        Refusal(where, None, f"Parameters.{name}", what, name, allowed, hint) for name, hint in hints.items()
    )
    if hints:
        raise FleetRefused(tuple(refusals))


def file_of(source: Any) -> str:
    """Name what is read, for refusals; empty for data."""
    return str(source) if isinstance(source, Path) else ""
