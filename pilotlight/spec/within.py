"""Holds a number to a limit of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from pilotlight.catalog.limits import Limit
from pilotlight.spec.duration import format_duration
from pilotlight.spec.refusing import refused

Value = TypeVar("Value", int, float, timedelta)


@dataclass(frozen=True, slots=True)
class Within:
    """Refuses numbers outside of a limit; durations are compared in seconds."""

    limit: Limit
    hint: str = ""
    """Added to the refusal."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._checked, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        json = handler(schema)
        bounds = {"minimum": self.limit.minimum, "maximum": self.limit.maximum}
        if json.get("type") != "string":
            json = {name: bound for name, bound in bounds.items() if bound is not None} | json
        return json

    def _checked(self, value: Value) -> Value:
        number = value.total_seconds() if isinstance(value, timedelta) else value
        if not self.limit.allows(number):
            raise refused("out of range", allowed=self._allowed(isinstance(value, timedelta)), hint=self.hint)
        return value

    def _allowed(self, is_duration: bool) -> str:
        if not is_duration:
            return str(self.limit)
        ends = (self.limit.minimum, self.limit.maximum)
        return "..".join("" if end is None else format_duration(timedelta(seconds=end)) for end in ends)
