"""The application inside the scikit-learn image: loads the script's model, answers through its functions.

The first request loads the model, as in the image: until it is loaded, pings wait; if loading fails, they get
500. Any error of the script is a 500 with a page that does not say which: the log does.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from http import HTTPStatus
from threading import Lock
from types import ModuleType
from typing import Any

from pilotlight.local.containers.answer import Answer
from pilotlight.local.containers.content_codec import JSON, TEXT_TYPES
from pilotlight.local.containers.script_handlers import ScriptHandlers

DEFAULT_ACCEPT_VARIABLE = "SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT"

_FAILED = Answer(
    HTTPStatus.INTERNAL_SERVER_ERROR,
    b'<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">\n'
    b"<title>500 Internal Server Error</title>\n<h1>Internal Server Error</h1>\n",
    "text/html",
)

logger = logging.getLogger(__name__)


class ScriptApplication:
    """Serves a model through the functions of its script. script: imports it, on first use."""

    def __init__(self, script: Callable[[], ModuleType], model_dir: str) -> None:
        self._script = script
        self._model_dir = model_dir
        self._loading = Lock()
        self._loaded: tuple[ScriptHandlers, Any] | None = None

    def ping(self) -> Answer:
        """Status 200 once the model is loaded; 500 when loading failed, and the next ping tries again."""
        try:
            self._load()
        except Exception:  # scripts may raise anything, and the image survives it
            logger.exception("the model could not be loaded")
            return _FAILED
        return Answer(HTTPStatus.OK, b"", JSON)

    def invoke(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Answer one inference through the script."""
        content_type = headers.get("ContentType") or headers.get("Content-Type") or JSON
        content = body.decode("utf-8", errors="replace") if content_type in TEXT_TYPES else body
        try:
            handlers, model = self._load()
            return _as_answer(handlers.transform(model, content, content_type, _accept_of(headers)))
        except Exception:  # as above
            logger.exception("the script failed")
            return _FAILED

    def _load(self) -> tuple[ScriptHandlers, Any]:
        with self._loading:
            if self._loaded is None:
                handlers = ScriptHandlers(self._script())
                self._loaded = (handlers, handlers.load(self._model_dir))
            return self._loaded


def _accept_of(headers: Mapping[str, str]) -> str:
    accept = headers.get("Accept")
    if not accept or accept == "*/*":
        return os.environ.get(DEFAULT_ACCEPT_VARIABLE, JSON)
    return accept


def _as_answer(result: Any) -> Answer:
    """The answer Flask makes of what a script returns: body, or body and content type."""
    body, content_type = result if isinstance(result, tuple) else (result, "text/html")
    if not isinstance(body, str | bytes):
        msg = f"the script must return str or bytes, got {type(body).__name__}"
        raise TypeError(msg)
    charset = "; charset=utf-8" if content_type.startswith("text/") and ";" not in content_type else ""
    return Answer(HTTPStatus.OK, body.encode() if isinstance(body, str) else body, content_type + charset)
