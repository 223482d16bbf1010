"""Builds the spec of a construct, so that Python, YAML and planner are refused in the same words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pilotlight.spec import build
from pilotlight.spec.base import Spec
from pilotlight_cdk.literal import literal, may_be_token, refuse_tokens
from pilotlight_cdk.live_references import refuse_plain

S = TypeVar("S", bound=Spec)


def spec_of(kind: type[S], where: object, keywords: Mapping[str, Any]) -> S:
    """Validate the keywords of a construct.

    Args:
        kind: the spec to build; keywords it does not know are live references.
        where: path of the construct, for the messages.
        keywords: what the construct was given. Something with a spec of its own stands for that, something
            with keywords of its own, as a `Variant`, for what was said with them.

    Raises:
        FleetRefused: with every fault.
    """
    fields = kind.model_fields
    known = {name: value for name, value in keywords.items() if name in fields}
    refuse_plain(where, {name: value for name, value in keywords.items() if name not in fields})
    parts = {name: _said(value) for name, value in known.items() if not _is_plain(value)}
    refuse_tokens(where, parts)
    return build(kind, where, **known | {name: _plain(value) for name, value in parts.items()})


def _is_plain(value: Any) -> bool:
    """Tell whether a value is what a fleet file would say, as most are."""
    return value is None or (isinstance(value, str | int | float) and not may_be_token(value))


def _said(value: Any) -> Any:
    """Give a value with the keywords of its parts, so that all are judged together, each at its place."""
    if isinstance(value, Mapping):
        return {key: _said(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_said(part) for part in value)
    said = getattr(value, "said", None)
    return value if said is None else _said(said)


def _plain(value: Any) -> Any:
    """Give what a fleet file would say in place of a keyword's value."""
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_plain(part) for part in value)
    return getattr(value, "spec", literal(value))
