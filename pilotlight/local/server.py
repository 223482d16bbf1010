"""The emulator process: `python -m pilotlight.local.server --home DIR --port 0 --time-scale 60`.

It listens on this machine only, writes `DIR/server.json` once it answers, and ends with all endpoints,
containers and temporary files on SIGTERM, on SIGINT, and, when it is tied, at the end of its standard input.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from threading import Thread
from typing import Any

from pilotlight.local.aws import Aws
from pilotlight.local.clock import ScaledClock
from pilotlight.local.embedded import Embedded
from pilotlight.local.emulator.environment import emulator_environment
from pilotlight.local.faults import local_faults
from pilotlight.local.front import Front
from pilotlight.local.home import Home, ServerRecord
from pilotlight.local.pages import HEALTH_PATH, STATUS_PATH
from pilotlight.local.runtimes import container_hosts, runtime_factory, transform_factory
from pilotlight.local.server_settings import ServerSettings
from pilotlight.local.status import server_status

_LOG = logging.getLogger("pilotlight")
_GRACE_S = 0.5


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until told to stop; exit code 1 when the port is taken, or a fault does not exist."""
    settings = ServerSettings.parse(arguments)
    try:
        faults = local_faults()
    except ValueError as error:
        sys.exit(str(error))
    if faults:
        _LOG.warning("test-only faults are on: %s", ", ".join(sorted(faults)))
    try:
        listening = _listening(settings.port)
    except OSError as error:
        sys.exit(
            f"cannot listen on port {settings.port} of 127.0.0.1: {error.strerror} (port 0 takes a free one)"
        )
    aws = Aws(listening.getsockname()[1], settings.region, settings.account)
    settings.home.create()
    _prepare(aws, settings.home)
    asyncio.run(Server(settings, aws).serve(listening))


class Server:
    """One run of the emulator."""

    def __init__(self, settings: ServerSettings, aws: Aws) -> None:
        # Only now: ministack reads the environment while it is imported.
        from pilotlight.local.emulator import ministack, step_functions  # noqa: PLC0415

        self._settings = settings
        self._aws = aws
        self._emulator = ministack
        clock = ScaledClock(settings.time_scale)
        hosts = container_hosts(settings.home, clock)
        self._embedded = Embedded(
            aws,
            clock,
            runtime_factory(clock, hosts),
            transform_factory(clock, hosts, step_functions.publish_event),
        )
        ministack.register(
            services=self._embedded.services(),
            resource_types=self._embedded.resource_types(),
            logged=self._embedded.logged,
        )
        step_functions.register(self._embedded.transform_jobs, self._embedded.execution_changed)
        self._stop = asyncio.Event()

    async def serve(self, listening: socket.socket) -> None:
        """Answer until told to stop, then clear up and end the process."""
        from hypercorn.asyncio import serve  # noqa: PLC0415 - as above: it comes with ministack's own settings
        from hypercorn.config import Config  # noqa: PLC0415

        self._listen_for_the_end()
        config = Config()
        config.bind = [f"fd://{listening.fileno()}"]
        config.graceful_timeout = _GRACE_S
        config.keep_alive_timeout = 75
        config.loglevel = "WARNING"
        await serve(self._application(), config, shutdown_trigger=self._stopped)  # type: ignore[arg-type] # hypercorn names narrower scopes
        self._settings.home.clean()
        logging.shutdown()
        # Threads of the emulator may wait for what never comes; nothing of them is worth waiting for.
        os._exit(0)

    def _application(self) -> Front:
        pages = {HEALTH_PATH: self._health, STATUS_PATH: lambda: server_status(self._embedded)}
        return Front(self._emulator.application, pages=pages, reset=self._embedded.reset, ready=self._begin)

    def _begin(self) -> None:
        self._embedded.start()
        self._settings.home.write_server(self._record())

    def _health(self) -> dict[str, Any]:
        return {"pid": os.getpid(), "time_scale": self._settings.time_scale}

    def _record(self) -> ServerRecord:
        return ServerRecord(
            port=self._aws.port,
            pid=os.getpid(),
            time_scale=self._settings.time_scale,
            account=self._aws.account,
            region=self._aws.region,
            started=datetime.now(UTC).isoformat(timespec="seconds"),
        )

    async def _stopped(self) -> None:
        """Wait for the end, then end everything while the emulator still answers: endpoints need it."""
        await self._stop.wait()
        self._settings.home.server_file.unlink(missing_ok=True)
        await asyncio.to_thread(self._embedded.stop)
        await asyncio.to_thread(self._emulator.end_lambda_workers)

    def _listen_for_the_end(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        if self._settings.tied:
            Thread(target=_wait_for_end_of_input, args=(loop, self._stop), daemon=True).start()


def _wait_for_end_of_input(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    while sys.stdin.buffer.read(1):
        pass
    loop.call_soon_threadsafe(stop.set)


def _listening(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    return listening


def _prepare(aws: Aws, home: Home) -> None:
    """Give this process, and all that it starts, the environment of the emulator."""
    environment = emulator_environment(os.environ, aws, home.temporary)
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None  # forget the folder found before TMPDIR was set
    _LOG.setLevel(logging.INFO)


if __name__ == "__main__":
    main()
