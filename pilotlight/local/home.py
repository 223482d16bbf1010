"""The state folder of an embedded AWS: everything a run writes is below it."""

from __future__ import annotations

import json
import os
import shlex
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

DEFAULT_HOME = Path("build/local")
DEFAULT_ACCOUNT = "123456789012"


@dataclass(frozen=True, slots=True)
class ServerRecord:
    """What `server.json` says of the emulator process."""

    port: int
    pid: int
    time_scale: float
    account: str
    region: str
    started: str
    """When, in ISO 8601."""


@dataclass(frozen=True, slots=True)
class Home:
    """Names the files of one embedded AWS."""

    root: Path

    @property
    def option(self) -> str:
        """What to add to a command for this home: nothing for the default one."""
        root = self.root.resolve()
        return "" if root == DEFAULT_HOME.resolve() else f" --home {shlex.quote(str(root))}"

    @property
    def server_file(self) -> Path:
        """Written when the emulator is ready, removed when it ends."""
        return self.root / "server.json"

    @property
    def log_file(self) -> Path:
        """What the emulator and its Lambda functions print."""
        return self.root / "server.log"

    @property
    def mark(self) -> Path:
        """Tells this folder from those of others, whose files may have the same common names."""
        return self.root / ".pilotlight-local"

    @property
    def temporary(self) -> Path:
        """The temporary folder of the emulator, its containers and its Lambda workers."""
        return self.root / "tmp"

    @property
    def images(self) -> Path:
        """What stands for the container images that were built here."""
        return self.temporary / "images"

    @property
    def cdk_cache(self) -> Path:
        """What the CDK CLI remembers between runs; elsewhere it would write to the user's home folder."""
        return self.root / "cdk"

    @property
    def logs(self) -> Path:
        """What the containers print, and what they executed."""
        return self.root / "logs"

    @property
    def assemblies(self) -> Path:
        """The cloud assemblies that were synthesized for this embedded AWS."""
        return self.root / "cdk.out"

    @property
    def is_ours(self) -> bool:
        """Whether an embedded AWS ran here, so that what is here may be removed."""
        return os.access(self.mark, os.F_OK)  # of a folder that nobody may look into too

    @property
    def is_free(self) -> bool:
        """Whether there is nothing here."""
        return not self.root.exists() or not any(self.root.iterdir())

    def create(self) -> Home:
        """Make the folders for a new run; the logs of the last one go."""
        self.root.mkdir(parents=True, exist_ok=True)
        self.mark.touch()
        shutil.rmtree(self.logs, ignore_errors=True)
        self.temporary.mkdir(exist_ok=True)
        return self

    def remove(self) -> None:
        """Remove the folder, if it is one of an embedded AWS."""
        if self.is_ours:
            shutil.rmtree(self.root)

    def write_server(self, record: ServerRecord) -> None:
        """Write `server.json` in one move: a reader sees all of it or nothing."""
        draft = self.server_file.with_suffix(".draft")
        draft.write_text(json.dumps(asdict(record), indent=2) + "\n")
        draft.replace(self.server_file)

    def read_server(self) -> ServerRecord | None:
        """The emulator that was started here last and has not ended cleanly, or None."""
        try:
            return ServerRecord(**json.loads(self.server_file.read_text()))
        except (OSError, ValueError, TypeError):  # there is none, or it is another program's
            return None

    def clean(self) -> None:
        """Remove what a run must not leave behind. The logs stay until the next run.

        In a folder where none ran nothing is removed: whoever named the wrong one may have a `cdk` there.
        """
        if not self.is_ours:
            return
        self.server_file.unlink(missing_ok=True)
        for folder in (self.temporary, self.cdk_cache, self.assemblies):
            shutil.rmtree(folder, ignore_errors=True)
