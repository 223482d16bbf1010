"""Holds what AWS publishes about multi-model endpoints: how long a model may take to load, the metrics."""

from __future__ import annotations

from typing import Final

from pilotlight.catalog.evidence import Source, documented
from pilotlight.catalog.limits import Limit
from pilotlight.catalog.metrics import (
    CLOUDWATCH_GUIDE,
    INSTANCE_NAMESPACE,
    INVOCATION_NAMESPACE,
    VARIANT,
    MetricFact,
)

INVOKE_GUIDE: Final[Source] = documented("SageMaker Developer Guide, Invoke a Multi-Model Endpoint")

MODEL_NOT_READY: Final = Limit("wait for a model that is not loaded", None, 60, "s", INVOKE_GUIDE)
"""An invocation that waits longer is answered with ModelNotReadyException."""

MODEL_FETCH: Final = Limit("download and load of a model", None, 360, "s", INVOKE_GUIDE)
"""How long SageMaker goes on with download and load after the invocation has been answered."""


def _of_models(namespace: str, name: str, unit: str) -> MetricFact:
    kinds = frozenset({"multi-model"})
    return MetricFact(namespace, name, VARIANT, unit, "Average", kinds, CLOUDWATCH_GUIDE)


MODEL_LOADING_WAIT_TIME: Final = _of_models(INVOCATION_NAMESPACE, "ModelLoadingWaitTime", "Microseconds")
"""How long an invocation waited for its model to be downloaded, loaded or both."""

MODEL_DOWNLOADING_TIME: Final = _of_models(INVOCATION_NAMESPACE, "ModelDownloadingTime", "Microseconds")
MODEL_LOADING_TIME: Final = _of_models(INVOCATION_NAMESPACE, "ModelLoadingTime", "Microseconds")
MODEL_UNLOADING_TIME: Final = _of_models(INVOCATION_NAMESPACE, "ModelUnloadingTime", "Microseconds")

MODEL_CACHE_HIT: Final = _of_models(INVOCATION_NAMESPACE, "ModelCacheHit", "None")
"""1 for an invocation whose model was loaded already, else 0: the average is the ratio of hits."""

LOADED_MODEL_COUNT: Final = _of_models(INSTANCE_NAMESPACE, "LoadedModelCount", "None")
"""Models loaded on one instance; a model on two instances counts twice in the sum."""
