"""Tags of what a fleet creates."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Final

from pydantic import AfterValidator

from pilotlight.catalog.limits import ALARM_TAG_VALUE, TAG_KEY
from pilotlight.catalog.naming import RESERVED_TAG_PREFIXES
from pilotlight.spec.refusing import refused

_PUNCTUATION: Final = frozenset("_.:/=+-@")
_ALLOWED: Final = f"letters, digits, spaces and {''.join(sorted(_PUNCTUATION))}"


def _key(value: str) -> str:
    if not TAG_KEY.allows(len(value)):
        raise refused("tag key too long or empty", allowed=str(TAG_KEY))
    if value.lower().startswith(RESERVED_TAG_PREFIXES):
        raise refused(
            "reserved tag key", allowed=f"a key that does not begin with {' or '.join(RESERVED_TAG_PREFIXES)}"
        )
    return _text(value)


def _value(value: str) -> str:
    if not ALARM_TAG_VALUE.allows(len(value)):
        raise refused("tag value too long or empty", allowed=str(ALARM_TAG_VALUE))
    return _text(value)


def _text(value: str) -> str:
    strange = {
        character
        for character in value
        if unicodedata.category(character)[0] not in "LNZ" and character not in _PUNCTUATION
    }
    if strange:
        raise refused("character that tags cannot have", allowed=_ALLOWED)
    return value


Tags = dict[Annotated[str, AfterValidator(_key)], Annotated[str, AfterValidator(_value)]]
"""Tag keys and values as every resource of a fleet takes them (botocore 1.44.5, sagemaker AddTags)."""
