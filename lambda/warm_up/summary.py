"""What became of all models in one run, short enough for a log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from target import Outcome, State

SHOWN = 20
"""Models that a summary names of each kind; the counts are complete."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of all models in one run."""

    outcomes: Sequence[Outcome]
    seconds: float

    def count(self, state: State) -> int:
        """How many models ended so."""
        return sum(outcome.state is state for outcome in self.outcomes)

    def document(self) -> dict[str, Any]:
        """The summary as JSON: counts, reasons with their counts, and some of the models behind them."""
        counts = {state.value: self.count(state) for state in State}
        reasons = {state.value: self._reasons(state) for state in (State.FAILED, State.SKIPPED)}
        return {**counts, "seconds": round(self.seconds, 3), "why": reasons, "models": self._shown()}

    def _reasons(self, state: State) -> dict[str, int]:
        return dict(Counter(outcome.why for outcome in self.outcomes if outcome.state is state))

    def _shown(self) -> dict[str, list[str]]:
        names = {
            state: sorted(each.target.label for each in self.outcomes if each.state is state)
            for state in (State.FAILED, State.SKIPPED)
        }
        return {state.value: found[:SHOWN] for state, found in names.items()}
