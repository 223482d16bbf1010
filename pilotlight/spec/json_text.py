"""Reads JSON more strictly than Python does: a key twice is refused, and every fault is told in words."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from pilotlight.spec.refusal import FleetRefused, Refusal


def json_data(text: str, file: Path) -> Any:
    """Read a JSON document. Raises FleetRefused."""
    try:
        return json.loads(text, object_pairs_hook=_without_duplicates)
    except json.JSONDecodeError as error:
        fault = Refusal(str(file), error.lineno, "", f"not JSON: {error.msg.lower()}")
    except RecursionError:
        fault = Refusal(str(file), None, "", "not JSON: nested too deeply")
    except _TwiceError as error:
        key, what = str(error), "duplicate key"
        fault = Refusal(str(file), None, "", what, key, "each key once")
    except ValueError:
        fault = Refusal(str(file), None, "", "not JSON: a number with too many digits")
    raise FleetRefused((fault,))


class _TwiceError(ValueError):
    """An object has a key twice, as a careless merge of two branches leaves it behind."""


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    (key, times), *_ = Counter(key for key, _ in pairs).most_common(1) or [("", 0)]
    if times > 1:
        raise _TwiceError(key)
    return dict(pairs)
