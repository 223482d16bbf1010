"""Names of the warm-up function: what it is told, what it publishes, where samples lie.

The function in lambda/ may import nothing of ours and repeats the few names it needs; a test proves both
agree.
"""

from __future__ import annotations

from typing import Final

from pilotlight.catalog.evidence import assumed, documented
from pilotlight.catalog.limits import Limit

ENVIRONMENT: Final = (
    "CONCURRENCY",
    "DEFAULT_SAMPLE",
    "ENDPOINT_NAME",
    "INVOCATIONS_PER_MINUTE",
    "MEMORY_BUDGET_MIB",
    "MODELS_BUCKET",
    "MODELS_PREFIX",
    "MODEL_MEMORY_MIB",
    "TIME_BUDGET_SECONDS",
)
"""Variables of the function; an empty value means that there is none."""

PATIENCE: Final = 70
"""Seconds that the last invocation of a run may take: SageMaker answers within 60."""

ENDING: Final = 20
"""Seconds to tell what became of the models."""

TIME_BUDGET: Final = Limit(
    "time_budget",
    1,
    900 - PATIENCE - ENDING,
    "s",
    documented("AWS Lambda Developer Guide, Lambda quotas: a function runs for 900 s at most"),
)
CONCURRENCY: Final = Limit("concurrency", 1, 100, "invocations", assumed("more threads than one core feeds"))

DEFAULT_SAMPLE: Final = Limit(
    "sample",
    None,
    3072,
    "bytes",
    assumed("the variables of a function have 4 KB together, of which the others here need the rest"),
)
"""Of the sample in the function's environment, as JSON; one beside an artefact may be longer."""

SAMPLE_SUFFIX: Final = ".sample.json"
"""What replaces .tar.gz of an artefact in the key of its sample."""

NAMESPACE: Final = "Pilotlight/WarmUp"
DIMENSION: Final = "EndpointName"
SERVICE_DIMENSION: Final = "service"
SERVICE: Final = "pilotlight-warm_up"
"""Powertools adds this dimension to all metrics of a function."""
MODELS_LOADED: Final = "ModelsLoaded"
MODELS_FAILED: Final = "ModelsFailed"
MODELS_SKIPPED: Final = "ModelsSkipped"
WARM_UP_TIME: Final = "WarmUpTime"
"""Seconds of a run; the others are counts."""
