"""The environment variables of a container's process."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from pilotlight.local.containers.executions import EXECUTIONS_FILE_VARIABLE
from pilotlight.local.containers.framework_runner import MODEL_DIR_VARIABLE, PORT_VARIABLE

MULTI_MODEL_VARIABLE = "SAGEMAKER_MULTI_MODEL"
"""Tells a container that it gets its models one by one (SageMaker Developer Guide, Multi-Model Endpoints)."""


def container_environment(
    given: Mapping[str, str],
    *,
    port: int,
    model_folder: Path,
    folder: Path,
    executions: Path,
    aws: Mapping[str, str],
) -> dict[str, str]:
    """What the process gets: the model's own variables win over the image's, ours over both.

    aws: variables that point AWS tools at the emulator; empty for a model in network isolation, which reaches
    no service.
    """
    image = {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "HOME": str(folder),
        "PYTHONUNBUFFERED": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        MODEL_DIR_VARIABLE: str(model_folder),
    }
    ours = {
        "TMPDIR": str(folder),
        PORT_VARIABLE: str(port),
        EXECUTIONS_FILE_VARIABLE: str(executions),
    }
    return {**image, **aws, **given, **ours}
