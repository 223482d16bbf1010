"""Writes `pilotlight/catalog/data/regions.json` out of a botocore wheel.

    pip download --no-deps botocore==1.44.5 -d .
    python -m scripts.refresh_regions botocore-*.whl

The registries of images end in the DNS suffix of the partition of their region.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

from scripts.wheel_archive import one_entry_a_line, packed_on, read_json, requirement

TARGET: Final = Path("pilotlight/catalog/data/regions.json")


def regions_json(wheel: Path) -> str:
    """Give the file: per partition its DNS suffix and its regions."""
    partitions = read_json(wheel, "botocore/data/partitions.json")["partitions"]
    document = {"source": f"{requirement(wheel)}, partitions.json", "date": packed_on(wheel)}
    return one_entry_a_line(document | {entry["id"]: _partition(entry) for entry in partitions}) + "\n"


def _partition(entry: dict[str, Any]) -> dict[str, Any]:
    regions = sorted(region for region in entry["regions"] if not region.endswith("-global"))
    return {"dns_suffix": entry["outputs"]["dnsSuffix"], "regions": regions}


if __name__ == "__main__":
    TARGET.write_text(regions_json(Path(sys.argv[1])), encoding="utf-8")
