"""Tells what a deployment turns into further resources, which nobody has read then: it is named instead.

Sources: CloudFormation User Guide, Template macros, Fn::ForEach, and Modules; CloudFormation registry schema
(cfn-lint 1.58.0) of the types below.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

FUNCTION: Final = "Fn::"
"""How the keys begin that stand for something else."""

MACRO: Final = f"{FUNCTION}Transform"
LOOP: Final = f"{FUNCTION}ForEach::"
MODULE: Final = "::MODULE"
"""How the type of a module ends."""

LANGUAGE_EXTENSIONS: Final = "AWS::LanguageExtensions"
"""The one macro that only adds functions: each of them is worked out, or named where it stands."""

OTHER_TEMPLATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "AWS::CloudFormation::Stack": "a nested stack",
        "AWS::CloudFormation::StackSet": "a set of stacks",
        "AWS::Serverless::Application": "a nested application",
        "AWS::ServiceCatalog::CloudFormationProvisionedProduct": "a product of Service Catalog",
    }
)
"""Types of resources that deploy a template of their own → what they are."""


def macros_of(template: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the macros that run over a whole template: the key that says so, and why it matters."""
    for key in ("Transform", MACRO):
        written = template.get(key, ())
        for each in written if isinstance(written, list | tuple) else (written,):
            name = each.get("Name") if isinstance(each, Mapping) else each
            if name != LANGUAGE_EXTENSIONS:
                yield key, f"only the deployment runs the macro {name}, which may change anything"


def why_no_resource(logical_id: str) -> str | None:
    """Say why an entry of Resources is none itself; None when it is one."""
    if logical_id.startswith(LOOP):
        return "a loop: the resources that it makes are not read"
    return "a macro: the resources that it makes are not read" if logical_id == MACRO else None


def why_more_than_itself(written: Mapping[str, Any]) -> str | None:
    """Say why a resource stands for more than is written there; None when it does not."""
    kind = str(written.get("Type"))
    if kind.endswith(MODULE):
        return "a module: the resources that it stands for are not read"
    if kind in OTHER_TEMPLATES:
        return f"{OTHER_TEMPLATES[kind]}: what it deploys is not read"
    return "only the deployment runs its macro, which may change it" if MACRO in written else None
