"""How a real Triton is started that speaks SageMaker's multi-model API."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from pilotlight.local.containers.container_environment import MULTI_MODEL_VARIABLE
from pilotlight.local.containers.guardian import SHARED_MEMORY_VARIABLE
from pilotlight.local.containers.triton_environment import TritonEnvironment

CAVEAT = "Triton listens for SageMaker on all interfaces of this machine, and has no option to restrict it"
"""Its HTTP port could be restricted by an option, its SageMaker port cannot: never forward it."""


@dataclass(frozen=True, slots=True)
class TritonServer:
    """One server. folder: for what it needs on disk. port: SageMaker's. name: unique on this machine."""

    environment: TritonEnvironment
    folder: Path
    port: int
    name: str

    def prepare(self) -> None:
        """Make the folders it needs; the installed wheel stays as it is."""
        backend = self._backends / "python"
        backend.mkdir(parents=True, exist_ok=True)
        for part in self.environment.backend.iterdir():
            if part.is_file() and not (backend / part.name).exists():
                (backend / part.name).symlink_to(part)
        stub = backend / self.environment.stub.name
        if not stub.exists():
            shutil.copy2(self.environment.stub, stub)
            stub.chmod(0o755)
        self._repository.mkdir(exist_ok=True)

    @property
    def command(self) -> tuple[str, ...]:
        """The command line."""
        return (
            str(self.environment.server),
            "--allow-sagemaker=true",
            f"--sagemaker-port={self.port}",
            "--allow-http=false",
            "--allow-grpc=false",
            "--allow-metrics=false",
            f"--model-repository={self._repository}",
            "--model-control-mode=explicit",
            f"--backend-directory={self._backends}",
            f"--backend-config=python,shm-region-prefix-name={self.name}",
            "--exit-timeout-secs=1",
        )

    @property
    def variables(self) -> dict[str, str]:
        """The environment variables it needs beside those of any container."""
        return {
            "PATH": self.environment.search_path,
            "LD_LIBRARY_PATH": self.environment.library_path,
            MULTI_MODEL_VARIABLE: "true",
            SHARED_MEMORY_VARIABLE: self.name,
        }

    @property
    def _backends(self) -> Path:
        return self.folder / "backends"

    @property
    def _repository(self) -> Path:
        return self.folder / "empty-repository"
