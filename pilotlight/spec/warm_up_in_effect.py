"""What the terms of a warm-up come to: the same for all terms that warm alike."""

from __future__ import annotations

from typing import Any

from pilotlight.spec.warm_up import WarmUpSpec, warm_up_bounds, warm_up_memory


def warm_up_in_effect(warm_up: WarmUpSpec | None, endpoint: Any) -> WarmUpSpec | None:
    """Give terms that warm alike and hide nothing: bounds as they are, and no budget that is the default.

    Args:
        warm_up: the terms; None stays None.
        endpoint: whose scaling and memory bound the warm-up.
    """
    if warm_up is None:
        return None
    _, at_once = warm_up_bounds(warm_up, endpoint.scaling)
    terms = warm_up.model_copy(update={"concurrency": at_once})
    terms = terms.model_copy(update={"target_percent": _percent(terms, warm_up, endpoint.scaling)})
    unsaid = terms.model_copy(update={"memory_budget": None})
    same = warm_up_memory(unsaid, endpoint) == warm_up_memory(terms, endpoint)
    return unsaid if same else terms


def _percent(terms: WarmUpSpec, written: WarmUpSpec, scaling: Any) -> int:
    """Give the default share where it gives the same bounds, else the smallest that does."""
    bounds = warm_up_bounds(written, scaling)
    shares: list[int] = [WarmUpSpec.model_fields["target_percent"].default, *range(1, written.target_percent)]
    alike = (
        share
        for share in shares
        if warm_up_bounds(terms.model_copy(update={"target_percent": share}), scaling) == bounds
    )
    return next(alike, written.target_percent)
