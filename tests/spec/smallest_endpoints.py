"""The smallest declaration of each kind: what it takes and nothing else."""

from __future__ import annotations

import json
from typing import Any

IN_ECR = "123456789012.dkr.ecr.us-east-1.amazonaws.com/c:1"
"""An image that a fleet may name."""

SKLEARN: dict[str, Any] = {"framework": "scikit-learn", "version": "1.4-2"}
MODEL: dict[str, Any] = {**SKLEARN, "source": "s3://models/ocr/model.tar.gz"}
ON_INSTANCES: dict[str, Any] = {"model": MODEL, "instance_type": "ml.m5.large"}
INVOCATIONS: dict[str, Any] = {"track": "invocations", "max_capacity": 2, "target_per_instance": 100}

SMALLEST: dict[str, dict[str, Any]] = {
    "async": ON_INSTANCES,
    "realtime": ON_INSTANCES,
    "multi-model": {**ON_INSTANCES, "model": SKLEARN},
    "inference-components": {"instance_type": "ml.m5.large", "components": {"ocr": {"model": MODEL}}},
    "serverless": {"model": MODEL},
    "multi-container": {
        "instance_type": "ml.m5.large",
        "containers": {"ocr": {"model": MODEL}, "nlp": {"model": MODEL}},
    },
    "pipeline": {
        "instance_type": "ml.m5.large",
        "containers": [{"name": "ocr", "model": MODEL}, {"name": "nlp", "model": MODEL}],
    },
    "batch-transform": ON_INSTANCES,
}


def smallest(kind: str) -> dict[str, Any]:
    """Give a fleet of one endpoint of a kind, `ocr`."""
    return {"name": "starter", "endpoints": {"ocr": {"kind": kind, **json.loads(json.dumps(SMALLEST[kind]))}}}
