"""The multi-model side of SageMaker's container contract, as the platform calls it.

Source: SageMaker Developer Guide, Build Your Own Container for Multi-Model Endpoints.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from http import HTTPStatus

from pilotlight.local.containers.answer import Answer

NO_ROOM = HTTPStatus.INSUFFICIENT_STORAGE
"""The container's word for: unload something and ask again."""

ALREADY_LOADED = HTTPStatus.CONFLICT

_LIST_TIMEOUT_S = 10.0


class ModelsApi:
    """Calls one container. Raises OSError or http.client.HTTPException when it does not answer."""

    def __init__(self, port: int) -> None:
        self._port = port

    def load(self, name: str, url: str, timeout_s: float) -> Answer:
        """POST /models. url: the folder of the model's files; 409: it has the model, 507: it has no room."""
        return self._request("POST", "/models", timeout_s, _json({"model_name": name, "url": url}))

    def unload(self, name: str, timeout_s: float) -> Answer:
        """DELETE /models/{name}; 404: it does not have the model."""
        return self._request("DELETE", f"/models/{name}", timeout_s)

    def loaded(self) -> tuple[str, ...]:
        """GET /models: the names of the models it has."""
        names: list[str] = []
        token = ""
        while True:
            page = f"?next_page_token={token}" if token else ""
            listed = json.loads(self._request("GET", f"/models{page}", _LIST_TIMEOUT_S).body)
            names += [each["modelName"] for each in listed["models"]]
            token = listed.get("nextPageToken", "")
            if not token:
                return tuple(names)

    def invoke(self, name: str, body: bytes, headers: Mapping[str, str], timeout_s: float) -> Answer:
        """POST /models/{name}/invoke.

        X-Amzn-SageMaker-Target-Model must not be among the headers: Triton would look for a model of that
        name instead of the one in the path.
        """
        return self._request("POST", f"/models/{name}/invoke", timeout_s, body, headers)

    def _request(
        self,
        method: str,
        path: str,
        timeout_s: float,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=timeout_s)
        try:
            connection.request(method, path, body=body, headers={} if headers is None else dict(headers))
            response = connection.getresponse()
            content, kind = response.read(), response.getheader("Content-Type")
            return Answer(response.status, content, kind, dict(response.getheaders()))
        finally:
            connection.close()


def _json(document: Mapping[str, str]) -> bytes:
    return json.dumps(document).encode()
