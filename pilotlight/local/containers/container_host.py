"""Launches the containers of all endpoints of one emulator."""

from __future__ import annotations

import socket
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pilotlight.local.aws import Aws
from pilotlight.local.containers import framework_runner, stand_in
from pilotlight.local.containers.container import Container
from pilotlight.local.containers.container_environment import container_environment
from pilotlight.local.containers.container_process import ContainerProcess
from pilotlight.local.containers.image_catalogue import ContainerPlan, Runner, plan_for
from pilotlight.local.containers.model_files import ModelFiles
from pilotlight.local.containers.service_time import ServiceTime
from pilotlight.local.control_plane.records import ContainerDefinition
from pilotlight.local.home import Home


@dataclass(frozen=True, slots=True)
class ContainerName:
    """Which container of which endpoint: names its folder and its log."""

    endpoint: str
    variant: str
    instance: int

    def __str__(self) -> str:
        return f"{self.variant}-{self.instance}"


class ContainerHost:
    """Runs containers as processes below the home folder of the emulator.

    time_scale: compresses the service time of stand-ins; what runs real code takes its real time.
    commands: `serve` commands of images of one's own, by image URI.
    service_time: the declared profile of stand-ins.
    """

    def __init__(
        self,
        home: Home,
        aws: Aws,
        *,
        time_scale: float = 1.0,
        commands: Mapping[str, Sequence[str]] | None = None,
        service_time: ServiceTime | None = None,
    ) -> None:
        self._home = home
        self._aws = aws
        self._time_scale = time_scale
        self._commands = {} if commands is None else commands
        self._service_time = ServiceTime() if service_time is None else service_time
        self._files = ModelFiles(home.temporary / "models", aws)

    def plan(self, definition: ContainerDefinition) -> ContainerPlan:
        """What would run; raises ImageRefused."""
        return plan_for(definition.image, self._commands)

    def executions_file(self, endpoint: str) -> Path:
        """The file with one line, the inference id, per execution in any container of the endpoint."""
        return self._home.root / "executions" / endpoint

    def log_file(self, name: ContainerName) -> Path:
        """The file with what a container prints."""
        return self._home.root / "logs" / name.endpoint / f"{name}.log"

    def launch(
        self, definition: ContainerDefinition, name: ContainerName, *, network_isolation: bool
    ) -> Container:
        """Start a container; it is not healthy yet.

        Raises ImageRefused, ArtefactRefused, or OSError when the process does not start.
        """
        plan, port = self.plan(definition), _free_port()
        folder = self._home.temporary / "containers" / name.endpoint / str(name)
        folder.mkdir(parents=True, exist_ok=True)
        log, executions = self.log_file(name), self.executions_file(name.endpoint)
        for file in (log, executions):
            file.parent.mkdir(parents=True, exist_ok=True)
        environment = container_environment(
            {**definition.environment, **self._stand_in_variables(plan, definition)},
            port=port,
            model_folder=folder if plan.runner is Runner.STAND_IN else self._files.folder_of(definition),
            folder=folder,
            executions=executions,
            aws={} if network_isolation else self._aws.environment(),
        )
        process = ContainerProcess(_command_of(plan), environment=environment, folder=folder, log=log)
        return Container(process, plan=plan, image=str(definition.image), port=port, log=log)

    def _stand_in_variables(self, plan: ContainerPlan, definition: ContainerDefinition) -> dict[str, str]:
        if plan.runner is not Runner.STAND_IN:
            return {}
        return {
            stand_in.IMAGE_VARIABLE: str(definition.image),
            stand_in.WHY_VARIABLE: plan.why,
            stand_in.START_VARIABLE: str(self._service_time.start_s / self._time_scale),
            stand_in.INVOCATION_VARIABLE: str(self._service_time.invocation_s / self._time_scale),
        }


def _command_of(plan: ContainerPlan) -> tuple[str, ...]:
    if plan.runner is Runner.COMMAND:
        return plan.command
    module = framework_runner if plan.runner is Runner.SCRIPT else stand_in
    return (sys.executable, "-P", "-m", module.__name__)


def _free_port() -> int:
    """A port that was free just now; if another program takes it first, the container is replaced."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
