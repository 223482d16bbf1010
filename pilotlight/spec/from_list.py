"""Takes a list of YAML where a spec keeps a tuple, which nobody can change."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BeforeValidator


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


FROM_LIST: Final = BeforeValidator(_as_tuple)
"""Mark of a tuple that a file writes as a list."""
