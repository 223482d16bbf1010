"""Describes fleet files to editors: what each key means and takes, the way a file writes it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from pydantic.json_schema import GenerateJsonSchema

from pilotlight.catalog.naming import NAME_PATTERN
from pilotlight.spec.duration import format_duration
from pilotlight.spec.fleet import FleetSpec
from pilotlight.spec.stages import FIXED_KEYS, STAGES

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
DEFS: Final = "#/$defs/"
LONG: Final = 12
"""Lists of allowed words that are longer than this stand only once in the schema."""

Json = dict[str, Any]


class _FleetFileSchema(GenerateJsonSchema):
    """Writes defaults as a fleet file writes the values, and no title that only repeats the key."""

    def encode_default(self, dft: Any) -> Any:
        return format_duration(dft) if isinstance(dft, timedelta) else super().encode_default(dft)

    def field_title_should_be_set(self, schema: Any) -> bool:
        del schema
        return False


def fleet_json_schema() -> Json:
    """Give the JSON schema of a fleet file, the overlays of its stages included."""
    lists: Json = {}
    fleet: Json = _listed_once(FleetSpec.model_json_schema(schema_generator=_FleetFileSchema), lists)
    parts = fleet.pop("$defs")
    parts |= {f"{name}InStage": _overlay(part) for name, part in parts.items()}
    stage = _overlay(fleet)
    stage["properties"] = {key: value for key, value in stage["properties"].items() if key not in FIXED_KEYS}
    stage["description"] = "What differs in this stage: mappings grow together, everything else is replaced."
    parts["Stage"] = stage
    fleet["properties"][STAGES] = {
        "additionalProperties": {"anyOf": [{"$ref": f"{DEFS}Stage"}, {"type": "null"}]},
        "description": "What differs in a stage, by the stage's name.",
        "propertyNames": {"pattern": f"^{NAME_PATTERN}$"},
        "type": "object",
    }
    return {"$schema": DIALECT, **fleet, "title": "A fleet file of Pilotlight", "$defs": parts | lists}


def _listed_once(schema: Any, lists: Json, key: str = "") -> Any:
    """Replace long lists of words by references, and collect them under the keys that take them."""
    if isinstance(schema, list):
        return [_listed_once(item, lists) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if len(schema.get("enum", ())) > LONG:
        lists[key] = {"enum": schema.pop("enum")}
        return schema | {"$ref": f"{DEFS}{key}"}
    return {name: _listed_once(value, lists, name) for name, value in schema.items()}


def _overlay(schema: Any) -> Any:
    """Describe what a stage may say of a part: nothing is required, and nothing left out has a default."""
    if isinstance(schema, list):
        return [_overlay(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: _overlay(value) for key, value in schema.items() if key not in {"required", "default"}}
    if "$ref" in kept and kept["$ref"][len(DEFS)].isupper():
        kept["$ref"] += "InStage"
    return kept
