"""How a run of the CDK CLI came out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pilotlight.local.cdk_words import words_of_app, words_of_stacks
from pilotlight.local.refusal import LocalRefused


class CdkFailed(LocalRefused):
    """The CDK CLI ended with an error; the message is what matters of all it printed, which is in `log`."""

    def __init__(self, command: str, code: int, log: Path) -> None:
        output = log_text(log).strip()
        words = words_of_app(output)
        if words is None:
            words = f"cdk {command} failed with exit code {code}:\n{words_of_stacks(output)}"
        super().__init__(words if output.startswith(words) else f"{words}\n(all of it: {log})")
        self.log = log


@dataclass(frozen=True, slots=True)
class CdkRun:
    """One run of the CDK CLI that ended well."""

    output: str
    seconds: float

    @property
    def summary(self) -> tuple[str, ...]:
        """One line for each stack of a deploy."""
        return tuple(line.strip() for line in self.output.splitlines() if line.lstrip().startswith("✅"))

    @property
    def changed_nothing(self) -> bool:
        """Whether a deploy found each stack as it should be."""
        return bool(self.summary) and all("(no changes)" in line for line in self.summary)


def log_text(log: Path) -> str:
    """Give all that a run printed."""
    return log.read_text(encoding="utf-8", errors="replace")
