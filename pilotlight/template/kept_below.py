"""Checks where in S3 an endpoint keeps things: a fleet has a place of its own for each."""

from __future__ import annotations

from pilotlight.template.part import Part


def refuse_elsewhere(part: Part, key: str, prefix: str) -> None:
    """Note a location that does not end in the prefix which the catalogue gives it."""
    said = part.raw(key)
    if said is not None and not str(said).rstrip("/").endswith(f"/{prefix.rstrip('/')}"):
        part.note(key, f"a fleet keeps this below {prefix} of its own bucket, got {said}")
