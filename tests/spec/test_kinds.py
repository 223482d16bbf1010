"""Kinds of endpoint: one key tells them apart, and a further kind needs no other change."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import TypeAdapter, ValidationError

from pilotlight.spec.base import Spec
from pilotlight.spec.endpoint import KINDS
from pilotlight.spec.one_of import OneOf


class Toy(Spec):
    """A kind that does not exist."""

    kind: Literal["toy"] = "toy"
    size: int


class Other(Spec):
    """Another one."""

    kind: Literal["other"] = "other"
    weight: int


EITHER: TypeAdapter[Any] = TypeAdapter(Annotated[Toy | Other, OneOf("kind", (Toy, Other))])


def test_the_key_chooses_the_class() -> None:
    """The rest is validated as that class only."""
    assert Toy(size=3) == EITHER.validate_python({"kind": "toy", "size": 3})
    assert Other(weight=3) == EITHER.validate_python(Other(weight=3))


def test_a_fault_is_a_fault_of_the_chosen_class() -> None:
    """Nobody hears of the keys of a kind he did not choose, and the choice is no part of the path."""
    with pytest.raises(ValidationError) as error:
        EITHER.validate_python({"kind": "other"})

    assert [("weight",)] == [fault["loc"] for fault in error.value.errors()]


@pytest.mark.parametrize(
    "value", [{"size": 3}, {"kind": "tyo"}, {"kind": None}, {"kind": ["toy"]}, 3, None, []]
)
def test_fails_when_nothing_is_chosen(value: Any) -> None:
    """Without a known key there is nothing to validate as."""
    with pytest.raises(ValidationError):
        EITHER.validate_python(value)


def test_every_kind_names_itself() -> None:
    """A kind is chosen by the default of its own key, so that no table has to repeat it."""
    kinds = [kind.model_fields["kind"].default for kind in KINDS]

    assert len(set(kinds)) == len(KINDS)
    assert "async" in kinds
