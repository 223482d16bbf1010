"""An answer of a container that comes in parts."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from http import HTTPStatus

_PART = 64 * 1024


class StreamBroken(Exception):  # noqa: N818 - it reads as what it says
    """The stream ended before it was complete. code: what SageMaker calls the reason."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class ContainerStream:
    """A response whose beginning has come. `parts` has to be read to its end, or `close` called."""

    def __init__(self, connection: http.client.HTTPConnection, response: http.client.HTTPResponse) -> None:
        self._connection = connection
        self._response = response
        self.status = response.status
        self.content_type = response.getheader("Content-Type")

    @property
    def is_success(self) -> bool:
        """Whether the model answers, rather than refuses or fails."""
        return self.status // 100 == HTTPStatus.OK // 100

    @property
    def headers(self) -> dict[str, str]:
        """All headers, by the names the container gave them."""
        return dict(self._response.getheaders())

    def parts(self) -> Iterator[bytes]:
        """The parts, as they come. Raises StreamBroken."""
        try:
            while part := self._response.read1(_PART):
                yield part
        except TimeoutError as error:
            raise StreamBroken("ModelInvocationTimeExceeded", "the next part did not come in time") from error
        except (OSError, http.client.HTTPException) as error:
            raise StreamBroken("StreamBroken", f"the container broke the stream ({error})") from error
        finally:
            self.close()

    def close(self) -> None:
        """Give up the connection."""
        self._connection.close()
