"""The file that holds the results of the last runs, each benchmark under its key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from benchmarks.benchmark import Value

BENCH_FILE = Path(__file__).resolve().parents[1] / "build" / "bench.json"


def merge(results: Mapping[str, Mapping[str, Value]], file: Path = BENCH_FILE) -> None:
    """Write results into the file; those of benchmarks that did not run stay as they are."""
    known = json.loads(file.read_text()) if file.exists() else {}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({**known, **results}, indent=2) + "\n")
