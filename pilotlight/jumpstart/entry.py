"""Turns what JumpStart says of a model into its entry in the lock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pilotlight.catalog.jumpstart import SUBMIT_DIRECTORY, content_bucket, gated_bucket
from pilotlight.jumpstart.model_facts import ModelFacts
from pilotlight.jumpstart.refused import JumpStartRefused
from pilotlight.jumpstart.timeouts import timeouts_of
from pilotlight.spec.build import build
from pilotlight.spec.did_you_mean import did_you_mean, listed
from pilotlight.spec.jumpstart_model import (
    Eula,
    LockedArtifact,
    LockedInstanceType,
    LockedModel,
    LockedRegion,
)


def locked_model(facts: ModelFacts, regions: tuple[str, ...] = ()) -> LockedModel:
    """Build the entry of a model.

    Args:
        facts: the version to lock.
        regions: where it may be deployed; all that the data knows when none is given.

    Raises:
        JumpStartRefused: the model is not published in a region.
        FleetRefused: the data says something that SageMaker would not take.
    """
    for region in regions:
        if region not in facts.regions:
            raise _not_there(facts, region)
    types = dict(_instance_types(facts))
    return build(
        LockedModel,
        facts.model_id,
        version=facts.version,
        source=facts.source,
        gated=facts.gated,
        eula=Eula(required=facts.licence is not None, licence=facts.licence),
        instance_types=types,
        default_instance_type=facts.default_instance_type,
        artifact=None if facts.model_packages else _artifact(facts.artifact_key),
        environment={} if facts.model_packages else _environment(facts.environment),
        regions={region: _region(facts, region, types) for region in regions or facts.regions},
        timeouts=timeouts_of(facts),
    )


def _instance_types(facts: ModelFacts) -> Iterator[tuple[str, LockedInstanceType]]:
    for name in facts.instance_types:
        own, family = facts.variants_of(name)
        if facts.model_packages:
            yield name, LockedInstanceType()
        else:
            yield (
                name,
                LockedInstanceType(
                    image=own.image or family.image,
                    environment=_environment({**family.environment, **own.environment}),
                    artifact=_artifact(own.artifact_key or family.artifact_key),
                ),
            )


def _region(facts: ModelFacts, region: str, types: Mapping[str, LockedInstanceType]) -> LockedRegion:
    if facts.model_packages:
        return LockedRegion(model_package=facts.model_packages[region])
    used = {each.image for each in types.values()}
    images = {name: uri for name, uri in facts.images[region].items() if name in used}
    return LockedRegion(bucket=(gated_bucket if facts.gated else content_bucket)(region), images=images)


def _artifact(key: str | None) -> LockedArtifact | None:
    return None if key is None else LockedArtifact(key=key, compressed=key.endswith(".tar.gz"))


def _environment(variables: Mapping[str, Any]) -> dict[str, str]:
    """Give variables as CreateModel takes them: text, as the SageMaker SDK writes numbers."""
    return {
        name: str(value)
        for name, value in variables.items()
        if value is not None and name != SUBMIT_DIRECTORY
    }


def _not_there(facts: ModelFacts, region: str) -> JumpStartRefused:
    what = f"{facts.model_id} {facts.version} is not published in this region"
    hint = did_you_mean(region, facts.regions)
    return JumpStartRefused(what, got=region, allowed=listed(facts.regions), hint=hint)
