"""The list of what is outside of the law is complete: every other field is read back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings

from pilotlight.spec import FleetSpec, NetworkSpec, resolved
from pilotlight.spec.base import Spec
from pilotlight.spec.endpoint import KINDS as SPECS
from pilotlight.template import OUTSIDE, FleetReading, without_what_is_outside
from pilotlight.template.kinds import KINDS as READ
from tests.spec.valid_fleets import KINDS
from tests.stacks.rare_endpoints import rare_endpoints
from tests.template.every_field import FLEETS

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).resolve().parents[2]

RESOLVED_AWAY = {
    "ModelSpec.framework": "becomes an image",
    "ModelSpec.version": "becomes an image",
    "ModelSpec.build": "becomes an image",
    "ModelSpec.jumpstart": "becomes image, artefact and environment, or a model package",
    "ModelSpec.secrets": "become variables",
    "OwnFiles.model_size": "becomes the time that fetching and loading may take",
    "EcrImage.account": "makes the image a URI",
}
"""Fields that no resolved fleet has."""

WHICH = ("kind", "policy", "track")
"""Fields that say which class it is."""

Field = tuple[str, str]


def said(part: Any) -> Iterator[Field]:
    """Give each field that says something else than its default, as class and name."""
    if isinstance(part, Spec):
        for name, field in type(part).model_fields.items():
            value = getattr(part, name)
            if field.is_required() or value != field.get_default(call_default_factory=True):
                yield from names_of(type(part), name)
            yield from said(value)
    elif isinstance(part, dict):
        for each in part.values():
            yield from said(each)
    elif isinstance(part, list | tuple):
        for each in part:
            yield from said(each)


def classes(root: type[Spec]) -> Iterator[type[Spec]]:
    """Give a class of the spec and all classes that its fields may hold."""
    found = {root}
    todo = [root]
    while todo:
        yield (cls := todo.pop())
        for name, field in cls.model_fields.items():
            for each in _specs_in(field.annotation):
                if each not in found and not is_away(cls, name):
                    found.add(each)
                    todo.append(each)


def is_away(cls: type[Spec], name: str) -> bool:
    """Whether no resolved fleet has a field, which a class may have from its base."""
    return any(f"{base.__name__}.{name}" in RESOLVED_AWAY for base in cls.__mro__)


def names_of(cls: type[Spec], name: str) -> set[Field]:
    """Give the names of a field: a part that several kinds have may have been read in any of them."""
    bases = (cls,) if cls in SPECS else cls.__mro__
    return {(base.__name__, name) for base in bases}


def _specs_in(annotation: Any) -> Iterator[type[Spec]]:
    if isinstance(annotation, type) and issubclass(annotation, Spec):
        yield annotation
    for each in getattr(annotation, "__args__", ()):
        yield from _specs_in(each)


@pytest.fixture(scope="module")
def read(read_back: Callable[..., FleetReading]) -> list[FleetReading]:
    """The fleets that say every field, read back."""
    return [read_back(fleet) for fleet in FLEETS]


def test_fleets_that_say_every_field_are_read_back(read: list[FleetReading]) -> None:
    """To the last of them."""
    for fleet, reading in zip(FLEETS, read, strict=True):
        assert () == reading.unread
        assert without_what_is_outside(resolved(fleet)) == reading.fleet


def drawn(kind: str) -> set[Field]:
    """Give the fields that drawn endpoints of a kind say; the law is tested with such endpoints.

    With those that are drawn rarely, which `tests/stacks/test_many_declarations.py` reads back.
    """
    seen = {field for endpoint in rare_endpoints().values() for field in said(endpoint)}

    @settings(max_examples=200, database=None, phases=[Phase.generate], derandomize=True)
    @given(endpoint=KINDS[kind])
    def draw(endpoint: Any) -> None:
        fleet = FleetSpec.model_construct(name="a", region="us-east-1", endpoints={"x": endpoint})
        seen.update(said(resolved(fleet)))

    draw()
    return seen


@pytest.mark.parametrize("kind", [each.name for each in READ])
def test_every_field_is_read_back_or_in_the_list(kind: str) -> None:
    """A new field fails here: tests/spec/valid_*.py has to draw it, or OUTSIDE has it with its reason."""
    spec = next(each for each in SPECS if each.model_fields["kind"].default == kind)
    seen = drawn(kind) | {field for fleet in FLEETS for field in said(resolved(fleet))}
    outside = {name.rpartition(".")[2] for name in OUTSIDE if name.startswith("endpoints.")}
    never_read = [
        f"{cls.__name__}.{name}"
        for cls in classes(spec)
        for name in cls.model_fields
        if name not in WHICH and not is_away(cls, name) and not names_of(cls, name) & seen
        if cls is not spec or name not in outside
    ]

    assert [] == never_read


def test_every_field_of_a_fleet_is_read_back_or_in_the_list(read: list[FleetReading]) -> None:
    """As those of endpoints."""
    seen = {field for reading in read for field in said(reading.fleet)}
    fields = {("FleetSpec", name) for name in FleetSpec.model_fields}
    fields |= {("NetworkSpec", name) for name in NetworkSpec.model_fields}

    assert [] == sorted(fields - seen - {("FleetSpec", name) for name in OUTSIDE})


def test_the_decision_has_the_same_list() -> None:
    """Field and reason, word for word."""
    text = (ROOT / "docs/decisions/0009-what-reading-back-means.md").read_text()
    rows = re.findall(r"^\| `([a-z_.*]+)` \| (.+) \|$", text, re.MULTILINE)

    assert OUTSIDE == dict(rows)


def test_what_is_resolved_away_is_never_read() -> None:
    """Whatever a fleet says."""
    for fleet in FLEETS:
        found = {".".join(field) for field in said(resolved(fleet))}
        assert set() == found & {*RESOLVED_AWAY}
