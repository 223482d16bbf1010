"""The one seam to JumpStart's catalogue: the data of a package, or AWS itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from pilotlight.jumpstart.model_facts import ModelFacts


class ModelData(Protocol):
    """A catalogue of JumpStart's models; every method may raise JumpStartRefused."""

    def model_ids(self) -> tuple[str, ...]:
        """List the models."""

    def versions(self, model_id: str) -> tuple[str, ...]:
        """List the versions of a known model, oldest first."""

    def deployable_versions(self, model_id: str) -> tuple[str, ...]:
        """List the versions whose image or model package the data names, oldest first."""

    def default_instance_types(self, model_id: str) -> Mapping[str, str]:
        """Give the default instance type of each version, oldest first, as far as the data knows them."""

    def facts(self, model_id: str, version: str) -> ModelFacts:
        """Say everything about a known version."""
