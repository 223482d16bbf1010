"""What is tried again, and how often."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, NoCredentialsError

from pilotlight.local.endpoint.transient import PAUSES_S, retried


def client_error(status: int, code: str = "Error") -> ClientError:
    """An error as a service answers it."""
    answer = {"Error": {"Code": code, "Message": ""}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(answer, "Call")


class Failing:
    """A call that fails the first times."""

    def __init__(self, error: Exception, times: int) -> None:
        self._error = error
        self._times = times
        self.calls = 0

    def __call__(self) -> str:
        """Fail, or give the result."""
        self.calls += 1
        if self.calls <= self._times:
            raise self._error
        return "result"


@pytest.mark.parametrize(
    "error",
    [
        client_error(500),
        client_error(503),
        client_error(400, "Throttling"),
        ConnectTimeoutError(endpoint_url="x"),
    ],
)
def test_what_may_go_well_is_tried_again(error: Exception) -> None:
    """Errors of the server, of the connection and of too many calls pass; the pauses grow."""
    call = Failing(error, times=2)
    pauses: list[float] = []

    assert "result" == retried(call, pauses.append)
    assert list(PAUSES_S[:2]) == pauses


def test_last_error_is_raised_after_five_attempts() -> None:
    """A service that stays down is given up."""
    call = Failing(client_error(500), times=9)
    with pytest.raises(ClientError):
        retried(call, lambda _: None)

    assert 5 == call.calls


@pytest.mark.parametrize(
    "error", [client_error(404), client_error(403), NoCredentialsError(), ValueError("no")]
)
def test_what_cannot_go_well_is_not_tried_again(error: Exception) -> None:
    """An object that is not there will not be there in a second either."""
    call = Failing(error, times=9)
    with pytest.raises(type(error)):
        retried(call, lambda _: None)

    assert 1 == call.calls
