"""A mapping inside of a resource that remembers what was read of it, so that the rest can be named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, TypeVar

from pilotlight.spec.refusal import shown
from pilotlight.template.conversions import as_flag, as_number, as_seconds, as_text, as_texts, as_whole
from pilotlight.template.evaluation.expansion import FUNCTION
from pilotlight.template.evaluation.symbol import Pseudo, Value, symbols_in
from pilotlight.template.evaluation.unknown import unknown_in
from pilotlight.template.said import Said
from pilotlight.template.unread import UNSAID, Notes, Place

T = TypeVar("T")


class Part:
    """Some properties. Every getter gives None for a property that is not there, or cannot be read."""

    def __init__(self, place: Place, value: Value, notes: Notes) -> None:
        self.place, self.notes = place, notes
        self._value: Mapping[str, Value] = value if isinstance(value, dict) else {}
        self._read: set[str] = set()
        self._below: list[Part] = []

    def keys(self) -> tuple[str, ...]:
        """List the properties there are; what a function adds to them is not known."""
        return tuple(key for key in self._value if not key.startswith(FUNCTION))

    def look(self, key: str) -> Value:
        """Give a property without reading it; None when it is not there."""
        return self._value.get(key)

    def raw(self, key: str) -> Value:
        """Read a property as it is, symbols included."""
        self._read.add(key)
        return self._value.get(key)

    def text(self, key: str) -> Said[str] | None:
        """Read a text that has to be known; CloudFormation takes a number for one too."""
        return self._as(key, "text", as_text)

    def symbolic(self, key: str) -> Said[str] | None:
        """Read a text that may have symbols in it; they are written as `Fn::Sub` does.

        Only the account may be unknown without a note: what else is unknown may matter.
        """
        value = self.raw(key)
        unknown = unknown_in(value)
        if not unknown:
            return self.text(key)
        for symbol in unknown:
            if not isinstance(symbol, Pseudo):
                self.note(key, f"not known: {symbol.why}, so it is read as {value}")
        return Said(str(value), self.place.at(key))

    def flag(self, key: str) -> Said[bool] | None:
        """Read true or false, also when it is written as text."""
        return self._as(key, "true or false", as_flag)

    def number(self, key: str) -> Said[float] | None:
        """Read a number, also when it is written as text."""
        return self._as(key, "a number", as_number)

    def whole(self, key: str) -> Said[int] | None:
        """Read a whole number, also when it is written as text."""
        return self._as(key, "a whole number", as_whole)

    def seconds(self, key: str) -> Said[timedelta] | None:
        """Read whole seconds."""
        return self._as(key, "seconds", as_seconds)

    def texts(self, key: str) -> Said[tuple[str, ...]] | None:
        """Read a list of texts that have to be known."""
        return self._as(key, "a list of texts", as_texts)

    def part(self, key: str) -> Part | None:
        """Read a mapping, whose properties are then read one by one."""
        value = self.raw(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self._refuse(key, value, "a mapping")
            return None
        return self._child(self.place.at(key), value)

    def parts(self, key: str) -> tuple[Part, ...]:
        """Read a list of mappings; none when it is not there."""
        value = self.raw(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            self._refuse(key, value, "a list")
            return ()
        place = self.place.at(key)
        known = [(number, each) for number, each in enumerate(value) if isinstance(each, dict)]
        if len(known) < len(value):
            self._refuse(key, value, "a list of mappings")
        return tuple(self._child(place.at(number), each) for number, each in known)

    def leave(self, *keys: str) -> None:
        """Pass over properties that a fleet does not have to say."""
        self._read.update(keys)

    def only(self, key: str, *meant: Value) -> None:
        """Pass over a property that has one of the values a fleet means; note another one."""
        value = self.raw(key)
        if value not in meant:
            got = "nothing" if value is None else shown(str(value))
            self.note(key, f"a fleet means {'nothing' if meant[0] is None else meant[0]} here, got {got}")

    def note(self, key: str, reason: str) -> None:
        """Note why a property could not be read."""
        self.notes.note(self.place.at(key), reason)

    def note_leftovers(self) -> None:
        """Note every property that nobody has read."""
        for key in self._value:
            if key not in self._read:
                made = symbols_in(self._value[key]) if key.startswith(FUNCTION) else ()
                self.note(key, f"not known: {made[0].why}" if made else UNSAID)
        for each in self._below:
            each.note_leftovers()

    def _child(self, place: Place, value: Mapping[str, Value]) -> Part:
        known = next((each for each in self._below if each.place == place), None)
        if known is not None:
            return known
        self._below.append(Part(place, value, self.notes))
        return self._below[-1]

    def _as(self, key: str, wanted: str, convert: Callable[[Any], T | None]) -> Said[T] | None:
        value = self.raw(key)
        if value is None:
            return None
        converted = None if unknown_in(value) else convert(value)
        if converted is None:
            self._refuse(key, value, wanted)
            return None
        return Said(converted, self.place.at(key))

    def _refuse(self, key: str, value: Value, wanted: str) -> None:
        unknown = unknown_in(value)
        reason = f"not known: {unknown[0].why}" if unknown else f"not {wanted}, got {shown(str(value))}"
        self.note(key, reason)
