"""Which production variant takes a request: by weight, unless the request names one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from pilotlight.catalog.routing import VARIANT_WEIGHT
from pilotlight.hosting.random_stream import RandomStream


@dataclass(frozen=True, slots=True)
class VariantWeights:
    """The variants of an endpoint and their weights; 0 keeps a variant for requests that name it.

    Raises ValueError with all faults when a weight is negative or endless, or there is no variant.
    """

    weights: Mapping[str, float]

    def __post_init__(self) -> None:
        faults = [] if self.weights else ["variants, got none, allowed 1 or more"]
        faults += [
            f"weight of {name}, got {weight}, allowed {VARIANT_WEIGHT}"
            for name, weight in self.weights.items()
            if not (isfinite(weight) and VARIANT_WEIGHT.allows(weight))
        ]
        if faults:
            raise ValueError("; ".join(faults))


def choose_variant(
    variants: VariantWeights, random: RandomStream, *, target: str | None = None
) -> str | None:
    """Choose the variant; None when every weight is 0 and the request names none.

    A variant's share of the requests is its weight divided by the sum of all weights.
    target: TargetVariant of the request, which the weights do not concern.
    Raises LookupError when the endpoint has no such variant.
    """
    if target is not None:
        if target not in variants.weights:
            raise LookupError(f"target variant, got {target!r}, allowed {', '.join(variants.weights)}")
        return target
    point = random.random() * sum(variants.weights.values())
    chosen = None
    for name, weight in variants.weights.items():
        if weight > 0:
            chosen = name
            if point < weight:
                break
        point -= weight
    return chosen
