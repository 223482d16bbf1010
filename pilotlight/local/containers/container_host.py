"""Launches the containers of all endpoints of one emulator."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import assert_never

from pilotlight.local.aws import Aws
from pilotlight.local.containers import framework_runner, stand_in
from pilotlight.local.containers.container import Container
from pilotlight.local.containers.container_environment import MULTI_MODEL_VARIABLE, container_environment
from pilotlight.local.containers.container_process import ContainerProcess
from pilotlight.local.containers.free_port import free_port
from pilotlight.local.containers.image_catalogue import ContainerPlan, ImageRefused, Label, Runner, plan_for
from pilotlight.local.containers.model_files import ModelFiles
from pilotlight.local.containers.service_time import ServiceTime
from pilotlight.local.containers.triton_environment import TritonUnavailable
from pilotlight.local.containers.triton_host import TritonHost
from pilotlight.local.control_plane.container_definition import ContainerDefinition
from pilotlight.local.home import Home


@dataclass(frozen=True, slots=True)
class ContainerName:
    """Which container of which endpoint: names its folder and its log."""

    endpoint: str
    variant: str
    instance: int
    part: str = ""
    """Which one of several on the instance. Default: it is the only one."""

    def __str__(self) -> str:
        return "-".join(each for each in (self.variant, str(self.instance), self.part) if each)


class ContainerHost:
    """Runs containers as processes below the home folder of the emulator.

    time_scale: compresses the service time of stand-ins; what runs real code takes its real time.
    commands: `serve` commands of images of one's own, by image URI.
    service_time: the declared profile of stand-ins.
    triton: the real Triton, shared by all endpoints. Default: one that is checked for this endpoint alone.
    """

    def __init__(
        self,
        home: Home,
        aws: Aws,
        *,
        time_scale: float = 1.0,
        commands: Mapping[str, Sequence[str]] | None = None,
        service_time: ServiceTime | None = None,
        triton: TritonHost | None = None,
    ) -> None:
        self._home = home
        self._aws = aws
        self._time_scale = time_scale
        self._commands = {} if commands is None else commands
        self._service_time = ServiceTime() if service_time is None else service_time
        self._triton = TritonHost(home.temporary) if triton is None else triton
        self._files = ModelFiles(home.temporary / "models", aws)

    def plan(self, definition: ContainerDefinition) -> ContainerPlan:
        """What would run; raises ImageRefused. Takes seconds when Triton is checked for the first time."""
        plan = plan_for(definition.image, self._commands)
        if plan.runner is Runner.SCRIPT and definition.is_multi_model:
            return ContainerPlan(
                Runner.STAND_IN, Label.STAND_IN, "the embedded AWS runs one model per framework image"
            )
        if plan.runner is not Runner.TRITON:
            return plan
        if not definition.is_multi_model:
            msg = f"Triton runs here with mode MultiModel only, got {definition.mode}"
            raise ImageRefused(msg)
        try:
            self._triton.environment()
        except TritonUnavailable as unavailable:
            why = f"the real Triton does not run here: {unavailable}"
            return ContainerPlan(Runner.STAND_IN, Label.STAND_IN, why)
        return plan

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
        plan, port, folder = self.plan(definition), free_port(), self._folder(name)
        folder.mkdir(parents=True, exist_ok=True)
        log, executions = self.log_file(name), self.executions_file(name.endpoint)
        for file in (log, executions):
            file.parent.mkdir(parents=True, exist_ok=True)
        has_own_model = plan.runner is not Runner.STAND_IN and not definition.is_multi_model
        command, variables = self._start_of(plan, definition, folder, port)
        environment = container_environment(
            {**definition.environment, **variables},
            port=port,
            model_folder=self._files.folder_of(definition) if has_own_model else folder,
            folder=folder,
            executions=executions,
            aws={} if network_isolation else self._aws.environment(),
        )
        process = ContainerProcess(command, environment=environment, folder=folder, log=log)
        return Container(process, plan=plan, image=str(definition.image), port=port, folder=folder, log=log)

    def _folder(self, name: ContainerName) -> Path:
        return self._home.temporary / "containers" / name.endpoint / str(name)

    def _start_of(
        self, plan: ContainerPlan, definition: ContainerDefinition, folder: Path, port: int
    ) -> tuple[tuple[str, ...], dict[str, str]]:
        """The command of a container, and the environment variables that go with it."""
        multi_model = {MULTI_MODEL_VARIABLE: "true"} if definition.is_multi_model else {}
        match plan.runner:
            case Runner.TRITON:
                server = self._triton.server(folder, port)
                return server.command, server.variables
            case Runner.STAND_IN:
                return _module(stand_in), {**self._stand_in_variables(plan, definition), **multi_model}
            case Runner.SCRIPT:
                return _module(framework_runner), multi_model
            case Runner.COMMAND:
                return plan.command, multi_model
            case _ as never:
                assert_never(never)

    def _stand_in_variables(self, plan: ContainerPlan, definition: ContainerDefinition) -> dict[str, str]:
        return {
            stand_in.IMAGE_VARIABLE: str(definition.image),
            stand_in.WHY_VARIABLE: plan.why,
            stand_in.START_VARIABLE: str(self._service_time.start_s / self._time_scale),
            stand_in.LOAD_VARIABLE: str(self._service_time.load_s / self._time_scale),
            stand_in.INVOCATION_VARIABLE: str(self._service_time.invocation_s / self._time_scale),
        }


def _module(module: ModuleType) -> tuple[str, ...]:
    return (sys.executable, "-P", "-m", module.__name__)
