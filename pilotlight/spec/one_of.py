"""Chooses between several parts by the one key that tells them apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema
from pydantic_core.core_schema import ValidatorFunctionWrapHandler

from pilotlight.spec.base import Spec
from pilotlight.spec.did_you_mean import did_you_mean
from pilotlight.spec.refusal import shown
from pilotlight.spec.refusing import refused


@dataclass(frozen=True, slots=True)
class OneOf:
    """Validates a mapping as the class that its `key` names, so that faults are those of one class.

    Pydantic's own discriminator needs at least two classes, and puts the choice into the path of a fault.
    """

    key: str
    classes: tuple[type[Spec], ...]
    default: str | None = None
    """What a mapping without the key means; None refuses it."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_wrap_validator_function(self._chosen, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        json = handler(schema)
        return json if self.default is not None else json | {"required": [self.key]}

    def class_for(self, value: Any) -> type[Spec] | None:
        """Find the class that a mapping names; None when it names none that we know."""
        wanted = value.get(self.key, self.default) if isinstance(value, Mapping) else None
        return self._known.get(wanted) if isinstance(wanted, str) else None

    @property
    def _known(self) -> dict[str, type[Spec]]:
        return {cls.model_fields[self.key].default: cls for cls in self.classes}

    def _chosen(self, value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        if isinstance(value, self.classes):
            return handler(value)
        chosen = self.class_for(value)
        if chosen is None:
            raise self._no_choice(value)
        return chosen.model_validate(value, context=info.context)

    def _no_choice(self, value: Any) -> Exception:
        if not isinstance(value, Mapping):
            return refused("not a mapping", allowed=f"a mapping with {self.key}")
        allowed, wanted = ", ".join(self._known), value.get(self.key)
        if wanted is None:
            return refused("required key is missing", got="nothing", allowed=allowed, at=(self.key,))
        hint = did_you_mean(str(wanted), self._known)
        return refused(
            f"unknown {self.key}", got=shown(str(wanted)), allowed=allowed, hint=hint, at=(self.key,)
        )
