"""What stands before the emulator: its own pages for health and status, and the reset that reaches us too."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_RESET = ("POST", "/_ministack/reset")


class Front:
    """An ASGI application around another one.

    pages: what is answered as JSON, by path; each is asked on a thread of its own.
    reset: called, on a thread, before the emulator forgets everything.
    ready: called once the emulator has started.
    """

    def __init__(
        self,
        inner: Application,
        *,
        pages: Mapping[str, Callable[[], Mapping[str, Any]]],
        reset: Callable[[], None],
        ready: Callable[[], None],
    ) -> None:
        self._inner = inner
        self._pages = pages
        self._reset = reset
        self._ready = ready

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        if scope["type"] == "lifespan":
            await self._inner(scope, receive, self._noticing(send))
            return
        page = self._pages.get(scope["path"])
        if scope["type"] == "http" and page is not None:
            await _answer(send, await asyncio.to_thread(page))
            return
        if (scope.get("method"), scope["path"]) == _RESET:
            await asyncio.to_thread(self._reset)
        await self._inner(scope, receive, send)

    def _noticing(self, send: Send) -> Send:
        async def noticing(message: MutableMapping[str, Any]) -> None:
            await send(message)
            if message["type"] == "lifespan.startup.complete":
                self._ready()

        return noticing


async def _answer(send: Send, content: Mapping[str, Any]) -> None:
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(content).encode()})
