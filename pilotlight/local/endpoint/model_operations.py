"""Does to the models of one container what the model cache decides: download, load, unload, invoke.

Each takes its time and ends in the event that the cache is to be told.
"""

from __future__ import annotations

import hashlib
import http.client
import shutil
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path

from pilotlight.hosting.model_cache import (
    Downloaded,
    DownloadFailed,
    Loaded,
    LoadFailed,
    LoadRefused,
    Unloaded,
)
from pilotlight.hosting.model_cache_events import DownloadEvent, LoadEvent
from pilotlight.local.containers.answer import Answer
from pilotlight.local.containers.models_api import ALREADY_LOADED, NO_ROOM, ModelsApi
from pilotlight.local.containers.safe_unpack import ArtefactRefused
from pilotlight.local.endpoint.direct_invocation import DirectInvocation
from pilotlight.local.endpoint.target_models import TargetModels

LOAD_WITHIN_S = 300.0
"""Seconds on the wall; the cache has given up before, and only waits for the end."""

_UNLOAD_WITHIN_S = 60.0
_NAME_LENGTH = 32
_MESSAGE_LIMIT = 1000


class ModelOperations:
    """The models of one container. Thread-safe. folder: the storage volume of its instance."""

    def __init__(self, api: ModelsApi, targets: TargetModels, folder: Path) -> None:
        self._api = api
        self._targets = targets
        self._folder = folder

    def download(self, model: str) -> DownloadEvent:
        """Fetch and unpack a model."""
        try:
            self._targets.fetch(model, self.folder_of(model))
        except (ArtefactRefused, OSError) as error:
            return DownloadFailed(model, str(error))
        return Downloaded(model)

    def load(self, model: str) -> LoadEvent:
        """Have the container load a model."""
        try:
            answer = self._api.load(internal_name(model), str(self.folder_of(model)), LOAD_WITHIN_S)
        except (OSError, http.client.HTTPException) as error:
            return LoadFailed(model, f"the container did not answer ({error})")
        if answer.is_success or answer.status == ALREADY_LOADED:
            return Loaded(model)
        if answer.status == NO_ROOM:
            return LoadRefused(model)
        text = answer.body[:_MESSAGE_LIMIT].decode(errors="replace")
        return LoadFailed(model, f"the container could not load it ({answer.status}): {text}")

    def unload(self, model: str) -> Unloaded:
        """Have the container unload a model; one that it does not have is unloaded too."""
        with suppress(OSError, http.client.HTTPException):  # the container is gone, and the model with it
            self._api.unload(internal_name(model), _UNLOAD_WITHIN_S)
        return Unloaded(model)

    def delete(self, model: str) -> None:
        """Take a model off the volume."""
        shutil.rmtree(self.folder_of(model).parent, ignore_errors=True)

    def clear(self) -> None:
        """Take everything off the volume."""
        shutil.rmtree(self._folder / "models", ignore_errors=True)

    def invoke(self, model: str, invocation: DirectInvocation, timeout_s: float) -> Answer:
        """Have a model answer. What is no answer becomes one with status 500, as the caller will see it."""
        name = internal_name(model)
        try:
            return self._api.invoke(name, invocation.body, invocation.container_headers, timeout_s)
        except TimeoutError:
            text = "the model did not answer in time"
        except (OSError, http.client.HTTPException) as error:
            text = f"the container closed the connection without an answer ({error})"
        return Answer(HTTPStatus.INTERNAL_SERVER_ERROR, text.encode(), "text/plain")

    def folder_of(self, model: str) -> Path:
        """Where the files of a model are: the place of `/opt/ml/models/{name}/model`."""
        return self._folder / "models" / internal_name(model) / "model"


def internal_name(model: str) -> str:
    """What the container calls a model: SageMaker's own names are opaque too, and always fit into a path."""
    return hashlib.sha256(model.encode()).hexdigest()[:_NAME_LENGTH]
