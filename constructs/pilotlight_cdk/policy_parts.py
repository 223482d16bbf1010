"""Divides what a role may do over policies, because IAM takes none of any length."""

from __future__ import annotations

import json
from collections.abc import Iterable

from pilotlight.catalog.limits import INLINE_POLICIES, MANAGED_POLICY
from pilotlight_cdk.permission import Permission


def policy_parts(permissions: Iterable[Permission]) -> list[list[Permission]]:
    """Fill one policy after the other; what is added to the permissions later leaves full ones as they are.

    The first is inline and takes half of the room of inline policies, because grants need some too. The
    others are managed policies.
    """
    together = [*permissions]
    if _fits(1, len(json.dumps([each.statement for each in together]))):
        return [together] if together else []
    parts: list[list[Permission]] = []
    used = 0
    for each in together:
        size = len(json.dumps(each.statement))
        if not parts or not _fits(len(parts), used + size):
            parts.append([])
            used = 0
        parts[-1].append(each)
        used += size
    return parts


def _fits(part: int, characters: int) -> bool:
    return MANAGED_POLICY.allows(characters) if part > 1 else INLINE_POLICIES.allows(2 * characters)
