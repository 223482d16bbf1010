"""Reads which metrics an endpoint publishes beside the usual, and whether it keeps core dumps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pilotlight.catalog.naming import core_dump_prefix
from pilotlight.spec import MetricsConfig
from pilotlight.template.hosted_endpoint import HostedEndpoint
from pilotlight.template.kept_below import refuse_elsewhere
from pilotlight.template.part import Part
from pilotlight.template.resource import Resources
from pilotlight.template.said import Said, built

DUMPS = "CoreDumpConfig"


def observed(hosted: HostedEndpoint) -> dict[str, Any]:
    """Read both; dumps of some variants only are noted."""
    variants = [each.part for each in (*hosted.variants, *hosted.shadows)]
    dumps = [each.part(DUMPS) for each in variants]
    for each in dumps:
        if each is not None:
            each.leave("KmsKeyId")
            refuse_elsewhere(each, "DestinationS3Uri", core_dump_prefix(hosted.key))
    if any(dumps) and not all(dumps):
        hosted.config.part.note("ProductionVariants", "dumps are kept of some variants only")
    return {
        "metrics_config": _metrics(hosted.resources, hosted.config.part),
        "core_dumps": Said(any(dumps), hosted.config.place),
    }


def _metrics(resources: Resources, config: Part) -> MetricsConfig | None:
    """Read what it says, and what SageMaker does where it says nothing (botocore 1.43.106, MetricsConfig)."""
    said = config.part("MetricsConfig")
    if said is None:
        return None
    return built(
        MetricsConfig,
        resources.notes,
        said.place,
        enhanced_metrics=said.flag("EnableEnhancedMetrics") or Said(False, said.place),
        detailed_observability=said.flag("EnableDetailedObservability") or Said(True, said.place),
        publish_frequency=said.seconds("MetricPublishFrequencyInSeconds")
        or Said(timedelta(seconds=60), said.place),
    )
