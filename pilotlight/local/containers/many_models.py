"""The container side of SageMaker's multi-model API, around anything that can load a model from a folder.

Source: SageMaker Developer Guide, Build Your Own Container for Multi-Model Endpoints.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from threading import Lock
from typing import Any, Protocol, TypeAlias

from pilotlight.local.containers.answer import Answer

Invoke: TypeAlias = Callable[[bytes, Mapping[str, str]], Answer]
"""A loaded model: answers one inference."""

Load: TypeAlias = Callable[[Path], Invoke]
"""Loads the model whose files are in a folder; what it raises becomes the answer to POST /models."""

logger = logging.getLogger(__name__)


class Pinged(Protocol):
    """Whatever tells whether the container is ready."""

    def ping(self) -> Answer:
        """Status 200 when it is."""


@dataclass(frozen=True, slots=True)
class _Loaded:
    url: str
    invoke: Invoke


class ManyModels:
    """Holds models under the names the platform gives them. limit: how many fit. Default: any number."""

    def __init__(self, container: Pinged, load: Load, limit: int | None = None) -> None:
        self._container = container
        self._load = load
        self._limit = limit
        self._lock = Lock()
        self._models: dict[str, _Loaded | None] = {}

    def ping(self) -> Answer:
        """As the container answers it."""
        return self._container.ping()

    def invoke(self, body: bytes, headers: Mapping[str, str]) -> Answer:  # noqa: ARG002 - a refusal reads nothing
        """A container of many models has no /invocations."""
        return _said(HTTPStatus.NOT_FOUND, "invoke a model by its name: /models/{name}/invoke")

    def answer_models(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Load, list, describe, unload or invoke a model."""
        name, _, verb = path.removeprefix("/").partition("/")
        match method, name, verb:
            case "POST", "", "":
                return self._add(json.loads(body))
            case "GET", "", "":
                return _json({"models": [_described(*each) for each in self._loaded().items()]})
            case "GET", _, "":
                return self._with(name, lambda model: _json(_described(name, model)))
            case "DELETE", _, "":
                return self._remove(name)
            case "POST", _, "invoke":
                return self._with(name, lambda model: model.invoke(body, headers))
            case _:
                return _said(HTTPStatus.METHOD_NOT_ALLOWED, f"{method} /models{path}")

    def _add(self, asked: Mapping[str, str]) -> Answer:
        name, url = asked["model_name"], asked["url"]
        with self._lock:
            if name in self._models:
                return _said(HTTPStatus.CONFLICT, f"{name} is loaded already")
            if self._limit is not None and len(self._models) >= self._limit:
                return _said(HTTPStatus.INSUFFICIENT_STORAGE, f"there is room for {self._limit} models only")
            self._models[name] = None  # it takes its room while it is being loaded
        try:
            model = _Loaded(url, self._load(Path(url)))
        except Exception as error:
            logger.exception("the model in %s could not be loaded", url)
            with self._lock:
                del self._models[name]
            return _said(HTTPStatus.INTERNAL_SERVER_ERROR, f"{type(error).__name__}: {error}")
        with self._lock:
            self._models[name] = model
        return _json({"modelName": name})

    def _remove(self, name: str) -> Answer:
        with self._lock:
            model = self._models.pop(name, None)
        return _json({}) if model is not None else _said(HTTPStatus.NOT_FOUND, f"no model {name}")

    def _loaded(self) -> dict[str, _Loaded]:
        with self._lock:
            return {name: model for name, model in self._models.items() if model is not None}

    def _with(self, name: str, use: Callable[[_Loaded], Answer]) -> Answer:
        model = self._loaded().get(name)
        return _said(HTTPStatus.NOT_FOUND, f"no model {name}") if model is None else use(model)


def _described(name: str, model: _Loaded) -> dict[str, str]:
    return {"modelName": name, "modelUrl": model.url}


def _json(document: Mapping[str, Any]) -> Answer:
    return Answer(HTTPStatus.OK, json.dumps(document).encode(), "application/json")


def _said(status: HTTPStatus, text: str) -> Answer:
    return Answer(status, json.dumps({"message": text}).encode(), "application/json")
