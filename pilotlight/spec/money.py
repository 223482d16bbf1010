"""US dollars per hour."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from pilotlight.spec.refusing import refused

MOST: Final = Decimal(1_000_000)
SMALLEST_PART: Final = Decimal("0.0001")
_ALLOWED: Final = f"0..{MOST}, with up to four decimals"


def parse_money(value: Any) -> Decimal:
    """Read an amount; the four decimals it may have survive a float on the way."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise refused("not an amount", allowed=_ALLOWED)
    amount = value if isinstance(value, Decimal) else Decimal(str(value))
    if not (amount.is_finite() and 0 <= amount <= MOST) or amount % SMALLEST_PART:
        raise refused("not an amount", allowed=_ALLOWED)
    return amount


Money = Annotated[
    Decimal,
    BeforeValidator(parse_money),
    PlainSerializer(float, return_type=float, when_used="json"),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": int(MOST)}),
]
"""A Decimal in Python, a number in YAML and JSON."""
