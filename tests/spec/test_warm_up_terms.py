"""What a fleet file may say about keeping models warm."""

from __future__ import annotations

import copy
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from pilotlight.spec import FleetSpec, WarmUpSpec, warm_up_memory
from tests.spec.single_faults import VALID
from tests.spec.smallest_endpoints import IN_ECR

AT_ONCE = {"kind": "realtime", "model": {"image": IN_ECR}, "instance_type": "ml.m5.large"}
SAMPLE = {"body": "1,2", "content_type": "text/csv"}


def fleet(endpoint: dict[str, Any], warm_up: Any) -> str:
    """A fleet file with one endpoint."""
    document = copy.deepcopy(VALID)
    document["endpoints"] = {"ocr": endpoint | {"warm_up": warm_up}}
    return yaml.safe_dump(document, sort_keys=False)


def test_the_defaults_are_once_an_hour_and_half_of_the_target() -> None:
    """Ten minutes at most, eight models at once."""
    terms = WarmUpSpec()

    assert (timedelta(hours=1), timedelta(minutes=10), 8, 50) == (
        terms.every,
        terms.time_budget,
        terms.concurrency,
        terms.target_percent,
    )


def test_a_fleet_file_says_it_like_everything_else() -> None:
    """Durations and sizes with units."""
    said = {"every": "30m", "time_budget": "5m", "memory_budget": "12GiB", "sample": SAMPLE}
    document = yaml.safe_load(fleet(AT_ONCE, said))
    terms = FleetSpec.model_validate(document, context="from file").endpoints["ocr"].warm_up

    assert (timedelta(minutes=30), 12 * 1024, "1,2") == (terms.every, terms.memory_budget, terms.sample.body)


def test_a_share_of_the_memory_is_in_whole_mebibytes() -> None:
    """76.1 % of 16384 are 12468.224, rounded down."""
    endpoint = SimpleNamespace(instance_type="ml.g4dn.xlarge", gpu_memory_percent=76.1)

    assert 12468 == warm_up_memory(WarmUpSpec(), endpoint)


@pytest.mark.parametrize(
    ("endpoint", "warm_up", "path", "what"),
    [
        (
            VALID["endpoints"]["ocr"],
            {},
            "warm_up",
            "an endpoint that can sleep would be kept awake, and billed",
        ),
        (AT_ONCE, {}, "warm_up.sample", "required key is missing"),
        (AT_ONCE, {"sample": SAMPLE, "every": "90s"}, "warm_up.every", "not whole minutes"),
        (AT_ONCE, {"sample": SAMPLE, "every": "0s"}, "warm_up.every", "too short"),
        (AT_ONCE, {"sample": SAMPLE, "time_budget": "811s"}, "warm_up.time_budget", "out of range"),
        (AT_ONCE, {"sample": SAMPLE, "concurrency": 0}, "warm_up.concurrency", "out of range"),
        (AT_ONCE, {"sample": SAMPLE, "target_percent": 100}, "warm_up.target_percent", "too large"),
        (AT_ONCE, {"sample": {"content_type": "text/csv"}}, "warm_up.sample.body", "required key is missing"),
        (AT_ONCE, {"sample": {"body": "é" * 520}}, "warm_up.sample.body", "too long"),
        (
            AT_ONCE | {"kind": "multi-model", "model_cache_setting": "Disabled"},
            {},
            "warm_up",
            "no model stays in memory after its answer",
        ),
        (AT_ONCE, {"sample": SAMPLE | {"contenttype": "x"}}, "warm_up.sample.contenttype", "unknown key"),
    ],
)
def test_fails_when_it_would_do_harm(refuse, endpoint: Any, warm_up: Any, path: str, what: str) -> None:
    """Each fault at its key; async endpoints hear why, not that the key is unknown."""
    (refusal,) = refuse(fleet(endpoint, warm_up))

    assert (f"endpoints.ocr.{path}", True) == (refusal.path, refusal.what.startswith(what))
