"""Deploys a CDK app to an embedded AWS with the real CDK CLI: one synth, then everything from its output."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pilotlight.local import cdk_cli
from pilotlight.local.cdk_run import CdkFailed, CdkRun, log_text
from pilotlight.local.containers.container_process import ContainerProcess
from pilotlight.local.images import docker_stand_in
from pilotlight.local.images.image_store import write_program
from pilotlight.local.local_aws import LocalAws
from pilotlight.local.refusal import LocalRefused

_TOOLKIT_STACK = "CDKToolkit"
_QUIET = ("--no-notices", "--no-color")
_AT_ONCE = ("--concurrency", "4")
"""The CDK mostly waits for CloudFormation."""


@dataclass(frozen=True, slots=True)
class CdkApp:
    """A CDK app and the embedded AWS that it is deployed to.

    Attributes:
        directory: where `cdk.json` is.
        aws: the embedded AWS, running.
        fleet: the fleet file. Default: the app's own choice.
        stage: the stage of the fleet. Default: none.
        output: where the cloud assembly is written, below the home of the embedded AWS by default.
    """

    directory: Path
    aws: LocalAws
    fleet: Path | None = None
    stage: str | None = None
    output: Path | None = None

    @property
    def assembly(self) -> Path:
        """The folder of the synthesized templates and assets."""
        fleet = "app" if self.fleet is None else self.fleet.stem
        return self.aws.home.assemblies / fleet if self.output is None else self.output

    def synth(self) -> CdkRun:
        """Run the app and write its templates to `assembly`; AWS is not asked."""
        if not (self.directory / "cdk.json").exists():
            msg = f"{self.directory} has no cdk.json (run it in the folder of a CDK app)"
            raise LocalRefused(msg)
        return self._cdk("synth", "--quiet", "--output", str(self.assembly), *self._context())

    def bootstrap(self) -> CdkRun | None:
        """Make what every CDK deployment needs in the regions of the last synth. None when all is there."""
        missing = [region for region in self._regions() if not self._is_bootstrapped(region)]
        if not missing:
            return None
        places = [f"aws://{self.aws.record.account}/{region}" for region in missing]
        return self._cdk("bootstrap", "--app", "", *places)

    def deploy(self, *stacks: str, extra: Sequence[str] = ()) -> CdkRun:
        """Deploy the stacks, or all, from the last synth; independent ones at the same time."""
        at_once = () if "--concurrency" in extra else _AT_ONCE
        options = ("--require-approval", "never", *at_once, *extra)
        return self._from_assembly("deploy", *(stacks or ("--all",)), *options)

    def diff(self, *stacks: str) -> CdkRun:
        """Tell what a deploy of the stacks, or of all, would change."""
        return self._from_assembly("diff", *stacks)

    def destroy(self, *stacks: str) -> CdkRun:
        """Destroy the stacks, or all, and nothing that depends on them."""
        return self._from_assembly("destroy", *(stacks or ("--all",)), "--force", *_AT_ONCE)

    def _from_assembly(self, command: str, *arguments: str) -> CdkRun:
        if not (self.assembly / "manifest.json").exists():
            self.synth()
        return self._cdk(command, "--app", str(self.assembly), *arguments)

    def _context(self) -> list[str]:
        given = {"fleet": self.fleet, "stage": self.stage}
        return [
            part for key, value in given.items() if value is not None for part in ("-c", f"{key}={value}")
        ]

    def _regions(self) -> list[str]:
        """The regions that the stacks of the last synth name, and the default one."""
        found = {self.aws.record.region}
        manifest = self.assembly / "manifest.json"
        if manifest.exists():
            artifacts = json.loads(manifest.read_text())["artifacts"].values()
            places = (each["environment"] for each in artifacts if each["type"] == "aws:cloudformation:stack")
            found |= {place.rpartition("/")[2] for place in places}
        return sorted(found - {"unknown-region"})

    def _is_bootstrapped(self, region: str) -> bool:
        found = self.aws.aws.client("cloudformation", region).list_stacks(
            StackStatusFilter=["CREATE_COMPLETE", "UPDATE_COMPLETE"]
        )
        return any(each["StackName"] == _TOOLKIT_STACK for each in found["StackSummaries"])

    def _cdk(self, command: str, *arguments: str) -> CdkRun:
        program = cdk_cli.cdk_program(self.directory.resolve())
        node = cdk_cli.node()
        log, began = self._new_log(command), time.monotonic()
        process = ContainerProcess(
            [str(node), str(program), command, *arguments, *_QUIET],
            environment=self._environment(node),
            folder=self.directory,
            log=log,
            in_terminal=True,
        )
        try:
            process.wait()
        finally:
            process.stop()
        if process.exit_code:
            raise CdkFailed(command, process.exit_code, log)
        return CdkRun(log_text(log), time.monotonic() - began)

    def _new_log(self, command: str) -> Path:
        folder = self.aws.home.logs / "cdk"
        folder.mkdir(parents=True, exist_ok=True)
        file, name = tempfile.mkstemp(".log", f"{time.strftime('%H%M%S')}-{command}-", folder)
        os.close(file)
        return Path(name)

    def _docker(self) -> Path:
        """What the CDK CLI takes for Docker."""
        images = str(self.aws.home.images.resolve())
        command = (sys.executable, "-m", docker_stand_in.__name__, images)
        return write_program(self.aws.home.temporary.resolve() / "docker", command)

    def _environment(self, node: Path) -> dict[str, str]:
        path = os.pathsep.join(
            [str(Path(sys.executable).parent), str(node.parent), os.environ.get("PATH", "")]
        )
        return self.aws.environment() | {
            "PATH": path,
            "JSII_NODE": str(node),
            "TMPDIR": str(self.aws.home.temporary),
            "CDK_DOCKER": str(self._docker()),
            "CDK_HOME": str(self.aws.home.cdk_cache),
            "CDK_DISABLE_CLI_TELEMETRY": "true",
            "CDK_DISABLE_VERSION_CHECK": "true",
        }
