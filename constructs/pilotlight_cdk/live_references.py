"""Refuses text, numbers and nothing where an object belongs, before jsii trips over them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from pilotlight.spec import FleetRefused, Refusal
from pilotlight.spec.refusal import shown

TEXTS: Final = ("_name", "_prefix")
"""Ends of the keywords that take text although no fleet file can say them."""

OF_PYTHON: Final = frozenset({"self", "scope", "id", "name", "said", "where", "__class__", "job_tags"})
"""Names among the locals of a constructor that are no reference to anything."""

AN_OBJECT: Final = "an object; a `from_…` of its class gives one for what exists already"


def refuse_plain(where: object, keywords: Mapping[str, object], *, required: Collection[str] = ()) -> None:
    """Raise FleetRefused, naming every keyword that got a name, or nothing, where the thing itself is needed.

    Args:
        where: path of the construct, for the messages.
        keywords: those that a spec does not know; a flag is fine for any of them.
        required: which of them have no default. Default: None is fine for any of them.
    """
    missing = (name for name in required if keywords[name] is None)
    faults = [
        *(Refusal("", None, name, "required key is missing", "nothing", AN_OBJECT) for name in missing),
        *(
            fault
            for name, value in keywords.items()
            if name not in OF_PYTHON
            for fault in _faults(name, value, is_text=name.endswith(TEXTS))
        ),
    ]
    if faults:
        raise FleetRefused(tuple(replace(each, path=f"{where}.{each.path}") for each in faults))


def _faults(keyword: str, value: Any, *, is_text: bool) -> Iterator[Refusal]:
    if is_text:
        if value is not None and not isinstance(value, str):
            yield Refusal("", None, keyword, "not text", shown(str(value)), "text")
    elif isinstance(value, str | int | float | Mapping) and not isinstance(value, bool):
        yield Refusal("", None, keyword, "not an object", shown(str(value)), AN_OBJECT)
    elif isinstance(value, Sequence):
        for number, part in enumerate(value):
            yield from _faults(f"{keyword}[{number}]", part, is_text=False)
