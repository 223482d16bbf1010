"""What is said of an artefact that an instance fetches before its container starts."""

from __future__ import annotations

from typing import Annotated

from pilotlight.catalog import limits
from pilotlight.spec.base import Spec
from pilotlight.spec.duration import Duration
from pilotlight.spec.within import Within


class OwnFiles(Spec):
    """A model whose artefact is on an instance before the container starts."""

    model_data_download_timeout: Annotated[Duration, Within(limits.MODEL_DATA_DOWNLOAD_TIMEOUT)] | None = None
    """How long fetching the artefact may take. Default: SageMaker's own limit."""
