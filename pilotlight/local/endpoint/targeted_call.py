"""One invocation of one model of a multi-model endpoint, from the call to its answer."""

from __future__ import annotations

from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import uuid4

from pilotlight.hosting.model_cache import Refusal, Refuse, TargetModel
from pilotlight.local.containers.answer import Answer
from pilotlight.local.emulator.api_error import ApiError
from pilotlight.local.endpoint.direct_invocation import DirectAnswer, DirectInvocation
from pilotlight.local.endpoint.direct_request import ModelError
from pilotlight.local.endpoint.invocation_request import InvocationRefused


@dataclass(slots=True)
class TargetedCall:
    """The caller waits for `done`; it is settled once, later attempts to settle it change nothing."""

    invocation: DirectInvocation
    model: TargetModel
    id: str = field(default_factory=lambda: str(uuid4()))
    done: Future[DirectAnswer] = field(default_factory=Future)

    def answer(self, answer: Answer, variant: str) -> None:
        """Give the caller what the container said."""
        with suppress(InvalidStateError):  # it was refused before
            self.done.set_result(DirectAnswer(answer, variant))

    def refuse(self, error: ApiError) -> None:
        """Give the caller an error."""
        with suppress(InvalidStateError):  # it was answered before
            self.done.set_exception(error)


def refusal_of(refuse: Refuse) -> ApiError:
    """What SageMaker's runtime API calls it when the model cache refuses an invocation."""
    reason = f"Model {refuse.model}: {refuse.reason}"
    match refuse.refusal:
        case Refusal.DOWNLOAD_FAILED:
            return InvocationRefused(reason)
        case Refusal.NOT_READY:
            return ApiError("ModelNotReadyException", reason, HTTPStatus.TOO_MANY_REQUESTS)
        case Refusal.LOAD_FAILED:
            return ModelError(HTTPStatus.INTERNAL_SERVER_ERROR, reason.encode())
        case Refusal.NO_ROOM:
            return ModelError(HTTPStatus.INSUFFICIENT_STORAGE, reason.encode())


def no_instance(endpoint: str) -> ApiError:
    """What the caller gets when nothing is in service, or the instance is lost with the request."""
    msg = f"Endpoint {endpoint} has no instance to answer."
    return ApiError("ServiceUnavailable", msg, HTTPStatus.SERVICE_UNAVAILABLE)
