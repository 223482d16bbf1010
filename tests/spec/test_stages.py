"""Stages: overlays in the same file, with lines of their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pilotlight.spec import FleetSpec, Refusal

Load = Callable[..., FleetSpec]
Refuse = Callable[..., tuple[Refusal, ...]]

FILE = """\
name: starter
endpoints:
  ocr:
    model: {ecr: {repository: ocr, tag: v1}}
    instance_type: ml.m5.large
    scaling: {min_capacity: 0, max_capacity: 2}
    tags: {owner: a}
stages:
  dev:
  prod:
    account: "123456789012"
    region: eu-west-1
    endpoints:
      ocr:
        scaling: {max_capacity: 10}
        tags: {owner: b}
      extra:
        model: {ecr: {repository: extra, tag: v1}}
        instance_type: ml.c5.large
"""


def test_a_stage_lies_over_the_base(load: Load) -> None:
    """Mappings grow together, everything else is replaced; what the overlay does not say stays."""
    prod = load(FILE, "prod")

    assert ("prod", "123456789012", "eu-west-1") == (prod.stage, prod.account, prod.region)
    assert (0, 10) == (prod.endpoints["ocr"].scaling.min_capacity, prod.endpoints["ocr"].scaling.max_capacity)
    assert {"owner": "b"} == prod.endpoints["ocr"].tags
    assert {"ocr", "extra"} == set(prod.endpoints)


def test_without_a_stage_the_base_is_the_fleet(load: Load) -> None:
    """No overlay touches the fleet that nobody asked a stage of."""
    base = load(FILE)

    assert (None, None, "us-east-1", 2) == (
        base.stage,
        base.account,
        base.region,
        base.endpoints["ocr"].scaling.max_capacity,
    )


def test_an_empty_stage_differs_in_its_name_only(load: Load) -> None:
    """`dev:` alone is a stage."""
    base, dev = load(FILE), load(FILE, "dev")

    assert base.model_copy(update={"stage": "dev"}) == dev


def test_fails_when_the_stage_does_not_exist(refuse: Refuse) -> None:
    """The refusal lists the stages and points to where they are."""
    (refusal,) = refuse(FILE, "pord")

    assert ("stages", 8, "pord", "dev, prod", "did you mean prod?") == (
        refusal.path,
        refusal.line,
        refusal.got,
        refusal.allowed,
        refusal.hint,
    )


def test_fails_when_the_file_has_no_stages(refuse: Refuse) -> None:
    """Asking such a file for a stage is a mistake, not a way to name one."""
    (refusal,) = refuse(FILE[: FILE.index("stages:")], "prod")

    assert (None, "none, the file has no stages") == (refusal.line, refusal.allowed)


@pytest.mark.parametrize("stage", [None, "dev", "prod"])
def test_a_fault_of_an_overlay_is_found_in_every_stage(refuse: Refuse, stage: str | None) -> None:
    """A file is fine or it is not, and the fault is where the overlay says it."""
    (refusal,) = refuse(FILE.replace("ml.c5.large", "ml.c5.lrge"), stage)

    assert ("stages.prod.endpoints.extra.instance_type", 19) == (refusal.path, refusal.line)


@pytest.mark.parametrize("stage", [None, "prod"])
def test_a_fault_of_the_base_is_reported_once(refuse: Refuse, stage: str | None) -> None:
    """The base is under every stage, but it is one line."""
    (refusal,) = refuse(FILE.replace("ml.m5.large", "ml.m5.lrge"), stage)

    assert ("endpoints.ocr.instance_type", 5) == (refusal.path, refusal.line)


def test_a_base_that_only_contradicts_a_stage_says_which(refuse: Refuse) -> None:
    """The overlay raises the minimum above the maximum of the base."""
    (refusal,) = refuse(FILE.replace("scaling: {max_capacity: 10}", "scaling: {min_capacity: 3}"))

    assert ("endpoints.ocr.scaling.max_capacity", 6, "in stage prod") == (
        refusal.path,
        refusal.line,
        refusal.hint,
    )


@pytest.mark.parametrize(
    ("overlay", "path", "what"),
    [
        ("{name: b}", "stages.x.name", "a stage cannot change this"),
        ("{stage: b}", "stages.x.stage", "a stage cannot change this"),
        ("{stages: {}}", "stages.x.stages", "a stage cannot change this"),
        ("[1]", "stages.x", "not a mapping"),
        ("3", "stages.x", "not a mapping"),
        ("{max_hourly_cost: .inf}", "stages.x.max_hourly_cost", "not a finite number"),
        ("{regoin: eu-west-1}", "stages.x.regoin", "unknown key"),
    ],
)
def test_fails_when_an_overlay_is_wrong(refuse: Refuse, overlay: str, path: str, what: str) -> None:
    """What an overlay may say is as strict as the file itself."""
    (refusal,) = refuse(f"{FILE[: FILE.index('stages:')]}stages:\n  x: {overlay}\n")

    assert (path, what, 9) == (refusal.path, refusal.what, refusal.line)


@pytest.mark.parametrize(
    ("stages", "path"),
    [("[a]", "stages"), ("3", "stages"), ("{Prod: {}}", "stages.Prod"), ("{3: {}}", "stages.3")],
)
def test_fails_when_the_stages_are_wrong(refuse: Refuse, stages: str, path: str) -> None:
    """Stages are a mapping of names to overlays."""
    (refusal,) = refuse(f"{FILE[: FILE.index('stages:')]}stages: {stages}\n")

    assert path == refusal.path
