"""Starts and stops an embedded AWS from Python: for the story, for tests, and for the commands."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pilotlight.local import server_process
from pilotlight.local.aws import Aws
from pilotlight.local.home import DEFAULT_ACCOUNT, Home, ServerRecord
from pilotlight.local.refusal import LocalRefused


class LocalAws:
    """An embedded AWS in a process of its own, with all its files below `home`.

    As a context manager it starts the emulator on entry and stops it on exit; it then also ends when this
    process does. `time_scale` is how many seconds of SageMaker time pass in one; `port` 0 takes a free one.
    """

    def __init__(
        self,
        home: Path,
        *,
        time_scale: float = 60.0,
        port: int = 0,
        region: str = "us-east-1",
        account: str = DEFAULT_ACCOUNT,
    ) -> None:
        self.home = Home(home.resolve())
        options = {"time-scale": time_scale, "port": port, "region": region, "account": account}
        self._arguments = tuple(f"--{name}={value}" for name, value in options.items())
        self._process: subprocess.Popen[bytes] | None = None
        self._aws: Aws | None = None

    @classmethod
    def running_in(cls, home: Path) -> LocalAws:
        """The embedded AWS that runs in `home`. Raises LocalRefused when none does."""
        found = cls(home)
        record = server_process.running(found.home)
        if record is None:
            msg = f"no embedded AWS runs in {home} (start it with: pilotlight local up{found.home.option})"
            raise LocalRefused(msg)
        found._connect(record)
        return found

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self, *, tied: bool = True) -> ServerRecord:
        """Start the emulator and wait until it answers. Raises LocalRefused with the reason when it does not.

        `tied` ends it with this process, however this process ends.
        """
        process, record = server_process.start(self.home, self._arguments, tied=tied)
        if tied:
            self._process = process
        else:
            process.returncode = 0  # it outlives us on purpose: nothing that Popen should warn of
        self._connect(record)
        return record

    def stop(self) -> None:
        """End the emulator with everything it started. Does nothing when it has ended already."""
        server_process.stop(self.home, self._process)
        if self._process is not None:
            server_process.release(self._process)
        self._process = self._aws = None

    def wait(self) -> None:
        """Wait until an emulator that was started here ends by itself."""
        if self._process is not None:
            self._process.wait()

    def kill(self) -> None:
        """End the emulator as `kill -9` does: it gets no chance to clear up."""
        record = self.record
        os.kill(record.pid, 9)
        if self._process is not None:
            self._process.wait()
            server_process.release(self._process)

    @property
    def record(self) -> ServerRecord:
        """What `server.json` says. Raises LocalRefused when the emulator has ended."""
        record = self.home.read_server()
        if record is None:
            msg = f"no embedded AWS runs in {self.home.root}"
            raise LocalRefused(msg)
        return record

    @property
    def aws(self) -> Aws:
        """The way to the services. Raises LocalRefused before `start`."""
        if self._aws is None:
            msg = "the embedded AWS is not started"
            raise LocalRefused(msg)
        return self._aws

    @property
    def endpoint_url(self) -> str:
        """The address of every service."""
        return self.aws.endpoint_url

    def client(self, service: str) -> Any:
        """A boto3 client of a service."""
        return self.aws.client(service)

    def environment(self) -> dict[str, str]:
        """The environment of a program that shall use this embedded AWS and no other."""
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("AWS_")}
        direct = ",".join(filter(None, (os.environ.get("NO_PROXY"), "127.0.0.1")))
        files = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
        return inherited | files | self.aws.environment() | {"NO_PROXY": direct, "no_proxy": direct}

    def _connect(self, record: ServerRecord) -> None:
        self._aws = Aws(record.port, record.region, record.account)
