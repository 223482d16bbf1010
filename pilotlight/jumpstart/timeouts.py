"""How long loading a model may take: as AWS publishes it, or else guessed and marked as such."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from pilotlight.catalog.evidence import assumed, documented
from pilotlight.catalog.jumpstart import GPU_LLM_REPOSITORIES
from pilotlight.catalog.limits import MODEL_DATA_DOWNLOAD_TIMEOUT, STARTUP_HEALTH_CHECK_TIMEOUT
from pilotlight.catalog.load_time import BY_SIZE, load_seconds
from pilotlight.jumpstart.model_facts import ModelFacts
from pilotlight.spec.jumpstart_model import LoadTimeouts

PUBLISHED: Final = documented("the deploy_kwargs of the model's specification")
LARGE: Final = assumed("AWS's maximum: the data has no time-outs, and the image serves large language models")
UNSET: Final = assumed("SageMaker's own limits: the data has no time-outs")


def timeouts_of(facts: ModelFacts) -> LoadTimeouts:
    """Give the limits for downloading the artefact and for the first ping of the container.

    Published limits win; else the size decides; else models on the images for large language models get
    AWS's maximum, and all others what SageMaker does by itself. A limit that is too long only delays bad
    news.
    """
    if facts.download_timeout is not None or facts.startup_timeout is not None:
        return _limits(facts.download_timeout, facts.startup_timeout, str(PUBLISHED))
    if facts.artifact_bytes is not None:
        seconds = load_seconds(facts.artifact_bytes)
        return _limits(seconds, seconds, str(BY_SIZE))
    if _is_large(facts):
        most = (MODEL_DATA_DOWNLOAD_TIMEOUT.maximum, STARTUP_HEALTH_CHECK_TIMEOUT.maximum)
        return _limits(*most, str(LARGE))
    return _limits(None, None, str(UNSET))


def _is_large(facts: ModelFacts) -> bool:
    uris = (uri for images in facts.images.values() for uri in images.values())
    repositories = {uri.partition("/")[2].partition(":")[0] for uri in uris}
    return not repositories.isdisjoint(GPU_LLM_REPOSITORIES)


def _limits(download: int | None, startup: int | None, source: str) -> LoadTimeouts:
    return LoadTimeouts(
        model_data_download=None if download is None else timedelta(seconds=download),
        container_startup_health_check=None if startup is None else timedelta(seconds=startup),
        source=source,
    )
