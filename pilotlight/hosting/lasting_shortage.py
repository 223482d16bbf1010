"""Tells when copies of inference components wait for room that nobody will make."""

from __future__ import annotations

from pilotlight.hosting.placement_state import ComponentPlacement


def lasting_shortages(state: ComponentPlacement, *, may_grow: bool, is_settled: bool) -> tuple[str, ...]:
    """Give the components that miss copies while no instance will come and no copy goes.

    may_grow: whether more instances are allowed. is_settled: whether there are as many as there shall be.
    """
    if may_grow or not is_settled or not state.room_wanted:
        return ()
    if not all(copy.stays for copy in state.copies):
        return ()
    return tuple(each.name for each in state.components if state.missing(each))
