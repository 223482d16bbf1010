"""Knows which environment variables make AWS's framework images run the script inside a model artefact."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pilotlight.catalog.evidence import documented
from pilotlight.catalog.model_layouts import Layout, expectation_of

SCRIPT: Final = "inference.py"
"""The file, in the artefact's code folder, with model_fn, input_fn, predict_fn and output_fn."""

CODE_FOLDER: Final = "code"
"""The folder of the artefact that holds the script and what it imports."""

MODEL_FOLDER: Final = "/opt/ml/model"
"""Where SageMaker unpacks the artefact inside the container."""

PROGRAM_VARIABLE: Final = "SAGEMAKER_PROGRAM"
"""Names the script; whoever sets it has one of another name."""

SCRIPT_ENVIRONMENT: Final[Mapping[str, str]] = MappingProxyType(
    {PROGRAM_VARIABLE: SCRIPT, "SAGEMAKER_SUBMIT_DIRECTORY": f"{MODEL_FOLDER}/{CODE_FOLDER}"}
)
"""What the container definition must set.

The scikit-learn image serves through sagemaker-containers: without SAGEMAKER_PROGRAM it has no script to
import, and without SAGEMAKER_SUBMIT_DIRECTORY it looks in /opt/ml/code, which is empty. Images that serve
through sagemaker-inference default to the same values, so setting them does no harm there.
"""

NO_SCRIPT: Final[Mapping[str, str]] = MappingProxyType({})


def script_environment(framework: str) -> Mapping[str, str]:
    """Give what makes the images of a framework run the script of an artefact; nothing where none is run.

    TensorFlow's images find their script themselves, and the rest serves weights or a repository.
    """
    runs_script = expectation_of(framework).layout is Layout.SCRIPT
    return SCRIPT_ENVIRONMENT if runs_script else NO_SCRIPT


SCRIPT_ENVIRONMENT_SOURCE: Final = documented(
    "sagemaker-containers 2.8.6.post2 (_env.py, _server.py, _modules.py), as installed by the image "
    "sagemaker-scikit-learn:1.4-2 (sagemaker-scikit-learn-container v1.4.2, requirements.txt, serving.py)"
)
