"""What is said of an artefact that an instance fetches before its container starts."""

from __future__ import annotations

from typing import Annotated, Final

from pilotlight.catalog import limits
from pilotlight.spec.base import Spec
from pilotlight.spec.duration import Duration
from pilotlight.spec.within import Within

WHEN_ASKED: Final = "each model is fetched when somebody asks for it, not when an instance starts"
"""Why a multi-model endpoint has none of this."""


class OwnFiles(Spec):
    """A model whose artefact is on an instance before the container starts."""

    model_data_download_timeout: Annotated[Duration, Within(limits.MODEL_DATA_DOWNLOAD_TIMEOUT)] | None = None
    """How long fetching the artefact may take. Default: SageMaker's own limit."""
