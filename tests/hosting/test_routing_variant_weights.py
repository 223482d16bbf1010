"""Routing between the production variants of an endpoint."""

from __future__ import annotations

from collections import Counter
from math import nextafter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotlight.hosting.variant_weights import VariantWeights, choose_variant

CHI_SQUARE_999 = {2: 13.82}
"""The value that chi-square with so many degrees of freedom exceeds once in a thousand."""


class Certain:
    """A stream of chance that always says the same."""

    def __init__(self, value: float) -> None:
        self._value = value

    def random(self) -> float:
        """Say it."""
        return self._value

    def randrange(self, stop: int, /) -> int:
        """Nobody asks."""
        raise NotImplementedError


def test_the_share_of_a_variant_is_its_weight_over_the_sum() -> None:
    """Weights 1, 2 and 5: 4,000 requests are 500, 1,000 and 2,500; chi-square, 2 degrees of freedom."""
    variants, random = VariantWeights({"a": 1, "b": 2, "c": 5}), Random(3)
    seen = Counter(choose_variant(variants, random) for _ in range(4000))
    expected = {"a": 500, "b": 1000, "c": 2500}

    assert sum((seen[name] - due) ** 2 / due for name, due in expected.items()) < CHI_SQUARE_999[2]
    assert set(expected) == set(seen)


@pytest.mark.parametrize(
    ("draw", "expected"), [(0.0, "a"), (0.2499, "a"), (0.25, "c"), (nextafter(1.0, 0.0), "c")]
)
def test_weight_zero_takes_nothing(draw: float, expected: str) -> None:
    """Weights 1, 0, 3, 0: the first quarter of chance is a's, the rest c's, to the very end."""
    variants = VariantWeights({"a": 1, "b": 0, "c": 3, "d": 0})

    assert expected == choose_variant(variants, Certain(draw))


def test_a_request_may_name_its_variant() -> None:
    """TargetVariant goes before the weights, also to a variant of weight 0, and asks no chance."""
    variants = VariantWeights({"a": 1, "b": 0})

    assert "b" == choose_variant(variants, Certain(0.0), target="b")


def test_without_any_weight_nobody_is_chosen() -> None:
    """All weights 0: only requests that name a variant are served."""
    assert choose_variant(VariantWeights({"a": 0, "b": 0}), Certain(0.5)) is None


@given(
    weights=st.dictionaries(st.text(max_size=3), st.floats(0, 1e9), min_size=1, max_size=6),
    draw=st.floats(0, 1, exclude_max=True),
)
def test_only_a_variant_with_weight_is_chosen(weights: dict[str, float], draw: float) -> None:
    """Whatever chance says, rounding included."""
    chosen = choose_variant(VariantWeights(weights), Certain(draw))

    assert (chosen is None) == (sum(weights.values()) == 0)
    assert chosen is None or weights[chosen] > 0


def test_fails_when_the_endpoint_has_no_such_variant() -> None:
    """The refusal says which there are."""
    with pytest.raises(LookupError, match="target variant, got 'c', allowed a, b"):
        choose_variant(VariantWeights({"a": 1, "b": 0}), Certain(0.0), target="c")


def test_fails_when_weights_are_none() -> None:
    """Negative, endless and undefined weights are told together; no variant at all is a fault too."""
    with pytest.raises(ValueError, match=r"weight of a, got -1.*weight of b, got inf.*weight of c, got nan"):
        VariantWeights({"a": -1, "b": float("inf"), "c": float("nan")})
    with pytest.raises(ValueError, match="variants, got none, allowed 1 or more"):
        VariantWeights({})
