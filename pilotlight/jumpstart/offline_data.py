"""JumpStart's catalogue as a wheel of generative-ai-cdk-constructs holds it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pilotlight.catalog.jumpstart import HOME_REGION, licence_url
from pilotlight.jumpstart.model_facts import ModelFacts, Variant
from pilotlight.jumpstart.version_order import oldest_first
from pilotlight.jumpstart.wheel import Wheel


class OfflineData:
    """Looks models up in a wheel. It knows neither time-outs nor the size of an artefact."""

    def __init__(self, wheel: Wheel) -> None:
        self._source = wheel.source
        self._entries: dict[str, dict[str, dict[str, Any]]] = {}
        for entry in wheel.models:
            self._entries.setdefault(entry["modelId"], {})[entry["version"]] = entry

    def model_ids(self) -> tuple[str, ...]:
        """List the models."""
        return tuple(self._entries)

    def versions(self, model_id: str) -> tuple[str, ...]:
        """List the versions of a model, oldest first."""
        return oldest_first(self._entries[model_id])

    def deployable_versions(self, model_id: str) -> tuple[str, ...]:
        """List the versions with an image or a model package, oldest first."""
        entries = self._entries[model_id]
        return tuple(each for each in self.versions(model_id) if _is_deployable(entries[each]))

    def default_instance_types(self, model_id: str) -> Mapping[str, str]:
        """Give the default instance type of each version, oldest first."""
        entries = self._entries[model_id]
        return {version: entries[version]["defaultInstanceType"] for version in self.versions(model_id)}

    def facts(self, model_id: str, version: str) -> ModelFacts:
        """Translate an entry."""
        entry = self._entries[model_id][version]
        eula = entry.get("requiresEula")
        return ModelFacts(
            model_id=model_id,
            version=version,
            source=self._source,
            default_instance_type=entry["defaultInstanceType"],
            instance_types=tuple(entry["instanceTypes"]),
            artifact_key=entry.get("prepackedArtifactKey") or entry.get("artifactKey"),
            gated=bool(entry.get("gatedBucket")),
            licence=licence_url(eula, HOME_REGION) if eula else None,
            environment=entry["environment"],
            variants={each["instanceType"]: _variant(each) for each in entry.get("instanceVariants") or ()},
            images={each["region"]: each["aliases"] for each in entry.get("instanceAliases") or ()},
            model_packages=entry.get("modelPackageArns") or {},
        )


def _is_deployable(entry: Mapping[str, Any]) -> bool:
    return bool(entry.get("instanceAliases") or entry.get("modelPackageArns"))


def _variant(entry: Mapping[str, Any]) -> Variant:
    image = entry.get("imageUri")
    return Variant(image and image.removeprefix("$"), entry.get("environment") or {})
