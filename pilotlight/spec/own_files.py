"""What is said of an artefact that an instance fetches before its container starts."""

from __future__ import annotations

from typing import Annotated

from pilotlight.catalog import limits
from pilotlight.catalog.load_time import MODEL_SIZE
from pilotlight.spec.base import Spec
from pilotlight.spec.duration import Duration
from pilotlight.spec.size import Size
from pilotlight.spec.within import Within


class OwnFiles(Spec):
    """A model whose artefact is on an instance before the container starts."""

    model_data_download_timeout: Annotated[Duration, Within(limits.MODEL_DATA_DOWNLOAD_TIMEOUT)] | None = None
    """How long fetching the artefact may take. Default: by `model_size`, or else SageMaker's own limit."""

    model_size: Annotated[Size, Within(MODEL_SIZE)] | None = None
    """How large the artefact is. From it follow the two time-outs and the volume, unless they are given:
    50 MiB/s and eight minutes at least; twice the size and 10 GiB (assumed). Default: nobody knows."""
