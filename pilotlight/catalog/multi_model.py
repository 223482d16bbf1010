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

SINGLE_GPU_SIZES: Final = ("xlarge", "2xlarge", "4xlarge", "8xlarge", "16xlarge")
"""Of g4dn and g5; the other sizes have several."""

INVOKE_GUIDE: Final[Source] = documented("SageMaker Developer Guide, Invoke a Multi-Model Endpoint")

MODEL_NOT_READY: Final = Limit("wait for a model that is not loaded", None, 60, "s", INVOKE_GUIDE)
"""An invocation that waits longer is answered with ModelNotReadyException."""

MODEL_FETCH: Final = Limit("download and load of a model", None, 360, "s", INVOKE_GUIDE)
"""How long SageMaker goes on with download and load after the invocation has been answered."""

GUIDE: Final[Source] = documented("SageMaker Developer Guide, Multi-Model Endpoints")

GPU_TYPES: Final = frozenset(
    {
        "ml.p2.xlarge",
        "ml.p3.2xlarge",
        *(f"ml.{family}.{size}" for family in ("g4dn", "g5") for size in SINGLE_GPU_SIZES),
    }
)
"""Types with GPUs that host many models: those with one GPU, as the guide lists them; CPU types all do."""

TARGET_MODEL_CONDITION: Final = "sagemaker:TargetModel"
"""Condition key that limits InvokeEndpoint to certain models of an endpoint."""

TARGET_MODEL_CONDITION_SOURCE: Final = documented("SageMaker Developer Guide, Multi-Model Endpoint Security")

TARGET_MODEL: Final = Limit(
    "TargetModel", 1, 1024, "characters", documented("botocore 1.44.5, InvokeEndpoint")
)

MODEL_MEMORY_METADATA: Final = "pilotlight-memory-mib"
"""Metadata of a published model's object: mebibytes it takes once loaded. Ours, not AWS's."""

MODEL_MEMORY_VARIABLE: Final = "PILOTLIGHT_MODEL_MEMORY_MIB"
"""Environment variable of a multi-model container: the same for models whose objects do not say. Ours."""


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
