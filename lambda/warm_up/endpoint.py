"""Invokes one model of an endpoint, and says in few words why it did not answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from sample import Sample
from target import Target
from warming import MemoryFullError, NoAnswerError, StillLoadingError

MEMORY_FULL = 507
"""What a container answers when a model does not fit (SageMaker Developer Guide, multi-model contract)."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint behind a client of SageMaker's runtime."""

    runtime: Any
    name: str

    def ask(self, target: Target, sample: Sample) -> None:
        """Send a model its sample and wait for the answer, which nobody reads.

        Raises:
            StillLoadingError: SageMaker goes on loading it.
            MemoryFullError: it does not fit.
            NoAnswerError: anything else that AWS says.
        """
        try:
            self.runtime.invoke_endpoint(**self._request(target, sample))
        except ClientError as error:
            raise _reason(error) from error
        except BotoCoreError as error:
            raise NoAnswerError(type(error).__name__) from error

    def _request(self, target: Target, sample: Sample) -> dict[str, Any]:
        request = {
            "EndpointName": self.name,
            "TargetModel": target.name,
            "ContentType": sample.content_type,
            "Accept": sample.accept,
            "Body": sample.body,
        }
        return {key: value for key, value in request.items() if value is not None}


def _reason(error: ClientError) -> Exception:
    code, status = error.response["Error"]["Code"], error.response.get("OriginalStatusCode")
    if code == "ModelNotReadyException":
        return StillLoadingError(code)
    if code == "ModelError" and status == MEMORY_FULL:
        return MemoryFullError(code)
    return NoAnswerError(code if status is None else f"{code} {status}")
