# ruff: noqa: SLF001 - its registries are private; there is no other way in
"""The way into ministack: adds services and resource types to it.

ministack 1.5.33 has no plug-in interface, so this takes hold of its registries and of some of its functions.
`tests/local/emulator/test_ministack_contract.py` fails when one of them is not what it was.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, MutableMapping
from typing import Any

from ministack import app as gateway
from ministack.core import router
from ministack.core.concurrency import run_reentrant
from ministack.core.responses import StreamingResponse, get_region
from ministack.services.cloudformation import provisioners, stacks

from pilotlight.local.emulator.api_request import ApiRequest, Service
from pilotlight.local.emulator.ministack_functions import Logged, run_events_asynchronously, tell_of_logs
from pilotlight.local.emulator.ministack_mends import mend
from pilotlight.local.emulator.resource_type import Properties, Resource, ResourceRequest, ResourceType

VERSION = "1.5.33"

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

application: Application = gateway.app
"""The emulator as an ASGI application."""

_NAME_LENGTH = 63


def register(
    *, services: Iterable[Service], resource_types: Collection[ResourceType], logged: Logged
) -> None:
    """Add services and resource types; from then on alarms are evaluated by somebody else.

    logged: hears what Lambda functions write.
    """
    for service in services:
        _add_service(service)
    for resource_type in resource_types:
        _add_resource_type(resource_type)
    _keep_off_the_event_loop(frozenset(each.name for each in resource_types))
    mend()
    tell_of_logs(logged)
    run_events_asynchronously()


def end_lambda_workers() -> None:
    """End the processes that run Lambda functions, and forget everything else too."""
    gateway._reset_all_state()


def _add_service(service: Service) -> None:
    async def handle(
        method: str, path: str, headers: dict[str, str], body: bytes, _query: dict[str, list[str]]
    ) -> tuple[int, dict[str, str], bytes | StreamingResponse]:
        request = ApiRequest(get_region(), method, path, headers, body)
        # A thread of its own: the service may call the emulator while it answers.
        answer = await run_reentrant(service.answer, request)
        body_or_parts = answer.body if answer.parts is None else StreamingResponse(_sender(answer.parts))
        # in lower case: else ministack takes the JSON of a model for that of the service, and renames it
        headers_sent = {name.lower(): value for name, value in answer.headers.items()}
        return answer.status, headers_sent, body_or_parts

    router.SERVICE_PATTERNS[service.signing_name] = {"target_prefixes": [service.target_prefix]}
    gateway.SERVICE_HANDLERS[service.signing_name] = handle


def _sender(parts: Iterator[bytes]) -> Callable[[Send, Receive], Awaitable[None]]:
    """Send the parts of an answer as they come, each fetched on a thread."""

    async def send_all(send: Send, _receive: Receive) -> None:
        while (part := await run_reentrant(next, parts, b"")) != b"":
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    return send_all


def _add_resource_type(resource_type: ResourceType) -> None:
    name = resource_type.name
    provisioners._RESOURCE_HANDLERS[name] = _handlers(resource_type)
    provisioners._REPLACING_PROPERTIES[name] = resource_type.create_only
    if resource_type.name_property is not None:
        provisioners._CUSTOM_NAME_REPLACEMENT[name] = {"name": resource_type.name_property}
    if resource_type.takes_tags:
        provisioners._STACK_TAG_PROPERTY[name] = ("Tags", "list")


def _handlers(resource_type: ResourceType) -> dict[str, Any]:
    def create(logical_id: str, properties: Properties, stack_name: str) -> tuple[str, dict[str, str]]:
        return _pair(resource_type.create(_request(stack_name, logical_id, properties)))

    def update(
        physical_id: str, old: Properties, new: Properties, stack_name: str, logical_id: str
    ) -> tuple[str, dict[str, str]]:
        return _pair(resource_type.update(physical_id, old, _request(stack_name, logical_id, new)))

    def delete(physical_id: str, properties: Properties) -> None:
        resource_type.delete(get_region(), physical_id, properties)

    return {"create": create, "update": update, "update_with_logical_id": True, "delete": delete}


def _request(stack_name: str, logical_id: str, properties: Properties) -> ResourceRequest:
    generated = provisioners._physical_name(stack_name, logical_id, max_len=_NAME_LENGTH)
    return ResourceRequest(get_region(), logical_id, generated, _without_system_tags(properties))


def _without_system_tags(properties: Properties) -> Properties:
    """SageMaker's types take no `aws:` tags (registry schema: `cloudFormationSystemTags` is false)."""
    if "Tags" not in properties:
        return properties
    own = [each for each in properties["Tags"] if not each["Key"].startswith("aws:")]
    return {**properties, "Tags": own}


def _pair(resource: Resource) -> tuple[str, dict[str, str]]:
    return resource.physical_id, dict(resource.attributes)


def _keep_off_the_event_loop(names: Collection[str]) -> None:
    """Our types wait for endpoints: on threads, or the emulator would stand still meanwhile."""
    runs_on_worker_thread = stacks._runs_on_worker_thread

    def ours_too(resource_type: str) -> bool:
        return resource_type in names or bool(runs_on_worker_thread(resource_type))

    stacks._runs_on_worker_thread = ours_too
