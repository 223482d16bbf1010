"""JumpStart's catalogue as AWS has it today: a manifest that leads to one specification per version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from pilotlight.catalog.jumpstart import MANIFEST_KEY, content_bucket, licence_url
from pilotlight.jumpstart.content_bucket import ContentBucket
from pilotlight.jumpstart.model_facts import ModelFacts, Variant
from pilotlight.jumpstart.refused import JumpStartRefused
from pilotlight.jumpstart.version_order import oldest_first
from pilotlight.spec.jumpstart_model import LockSource


class LiveData:
    """Looks models up in the content bucket of one region; specifications name the images of all regions.

    The fields are those of sagemaker-core 2.27.0, jumpstart/types.py. Assumed, for want of an account to see
    it: that the base fields of a specification can be deployed when it also has `inference_configs`, the
    tuned alternatives that the SageMaker SDK ranks; those are not read, so a version may have no image here.
    """

    def __init__(self, bucket: ContentBucket) -> None:
        self._bucket = bucket

    def model_ids(self) -> tuple[str, ...]:
        """List the models."""
        return tuple(self._spec_keys)

    def versions(self, model_id: str) -> tuple[str, ...]:
        """List the versions of a model, oldest first."""
        return oldest_first(self._spec_keys[model_id])

    def deployable_versions(self, model_id: str) -> tuple[str, ...]:
        """List all versions: only their specifications would tell more."""
        return self.versions(model_id)

    def default_instance_types(self, model_id: str) -> Mapping[str, str]:
        """Know none: each would need its specification."""
        del model_id
        return {}

    def facts(self, model_id: str, version: str) -> ModelFacts:
        """Read the specification of a version."""
        key = self._spec_keys[model_id][version]
        fetched = self._bucket.read(key)
        spec = _parsed(fetched.body, key)
        source = LockSource(data=f"s3://{content_bucket(self._bucket.region)}/{key}", date=fetched.date)
        try:
            facts = self._translated(model_id, version, spec, source)
        except (LookupError, TypeError, AttributeError) as error:
            raise JumpStartRefused(f"{key} is no specification that we know: {error!r}") from error
        if not facts.regions:
            what = f"the specification of {model_id} names neither image nor model package"
            raise JumpStartRefused(what, got=version, hint="--version takes an older one")
        return facts

    def _translated(
        self, model_id: str, version: str, spec: Mapping[str, Any], source: LockSource
    ) -> ModelFacts:
        variants = spec.get("hosting_instance_type_variants") or {}
        key = spec.get("hosting_prepacked_artifact_key") or spec.get("hosting_artifact_key")
        eula, limits = spec.get("hosting_eula_key"), spec.get("deploy_kwargs") or {}
        download = limits.get("model_data_download_timeout")
        startup = limits.get("container_startup_health_check_timeout")
        gated = bool(spec.get("gated_bucket"))
        unsized = gated or download is not None or startup is not None
        return ModelFacts(
            model_id=model_id,
            version=version,
            source=source,
            default_instance_type=spec["default_inference_instance_type"],
            instance_types=tuple(spec["supported_inference_instance_types"]),
            artifact_key=key,
            gated=gated,
            licence=licence_url(eula, self._bucket.region) if eula else None,
            environment={each["name"]: each["default"] for each in spec["inference_environment_variables"]},
            variants={name: _variant(each) for name, each in (variants.get("variants") or {}).items()},
            images=variants.get("regional_aliases") or {},
            model_packages=spec.get("hosting_model_package_arns") or {},
            download_timeout=download,
            startup_timeout=startup,
            artifact_bytes=None if key is None or unsized else self._bucket.size_of(key),
        )

    @cached_property
    def _spec_keys(self) -> dict[str, dict[str, str]]:
        keys: dict[str, dict[str, str]] = {}
        for header in _parsed(self._bucket.read(MANIFEST_KEY).body, MANIFEST_KEY):
            keys.setdefault(header["model_id"], {})[header["version"]] = header["spec_key"]
        return keys


def _variant(entry: Mapping[str, Any]) -> Variant:
    properties = entry.get("properties") or {}
    image = (entry.get("regional_properties") or {}).get("image_uri")
    return Variant(
        image and image.removeprefix("$"),
        properties.get("environment_variables") or {},
        properties.get("prepacked_artifact_key") or properties.get("artifact_key"),
    )


def _parsed(body: bytes, key: str) -> Any:
    try:
        return json.loads(body)
    except ValueError as error:
        raise JumpStartRefused(f"{key} is not JSON: {error}") from error
