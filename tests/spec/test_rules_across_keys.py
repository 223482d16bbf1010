"""Rules across keys: what is fine alone and wrong together."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from pilotlight.spec import FleetSpec, Refusal, load_fleet
from tests.spec.single_faults import VALID
from tests.spec.smallest_endpoints import IN_ECR

Refuse = Callable[..., tuple[Refusal, ...]]


@pytest.mark.parametrize(
    ("changes", "path", "what", "got"),
    [
        (
            {"scaling": {"min_capacity": 3, "max_capacity": 2}},
            "scaling.max_capacity",
            "less than min_capacity",
            "2",
        ),
        ({"scaling": {"min_capacity": 2}}, "scaling.max_capacity", "less than min_capacity", "1"),
        (
            {"initial_instance_count": 3, "scaling": {"max_capacity": 2}},
            "initial_instance_count",
            "more than scaling.max_capacity",
            "3",
        ),
        ({"model": {}}, "model", "needs exactly one image", "none of them"),
        (
            {"model": {"framework": "scikit-learn", "version": "1.4-2", "image": IN_ECR}},
            "model",
            "needs exactly one image",
            "framework and image",
        ),
        (
            {"model": {"image": IN_ECR, "ecr": {"repository": "team/ocr", "tag": "1"}}},
            "model",
            "needs exactly one image",
            "image and ecr",
        ),
        ({"model": {"framework": "scikit-learn"}}, "model.version", "framework without version", "nothing"),
        ({"model": {"image": IN_ECR, "version": "1"}}, "model.version", "version without framework", '"1"'),
        (
            {"model": {"framework": "scikit-learn", "version": "1.4"}},
            "model.version",
            "scikit-learn has no such version",
            '"1.4"',
        ),
        (
            {"model": {"image": IN_ECR, "accept_eula": True}},
            "model.accept_eula",
            "accepts the licence of nothing",
            "true",
        ),
        (
            {"instance_type": "ml.g5.xlarge"},
            "instance_type",
            "scikit-learn 1.4-2 has no image for gpu instances",
            "ml.g5.xlarge",
        ),
        (
            {"model": {"ecr": {"repository": "1.dkr.ecr.us-east-1.amazonaws.com/A", "tag": "1"}}},
            "model.ecr.repository",
            "not the name of a repository",
            "1.dkr.ecr.us-east-1.amazonaws.com/A",
        ),
        ({"model": {"ecr": {"repository": "team/ocr", "tag": "a b"}}}, "model.ecr.tag", "not a tag", "a b"),
        (
            {"notify": {"include_inference_response_in": ["error", "error"]}},
            "notify.include_inference_response_in",
            "repeats itself",
            "a list",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_fails_when_keys_contradict_each_other(
    refuse: Refuse, changes: dict[str, Any], path: str, what: str, got: str
) -> None:
    """Rules across keys blame the key that a reader would change."""
    document = copy.deepcopy(VALID)
    document["endpoints"]["ocr"] |= changes
    (refusal,) = refuse(yaml.safe_dump(document))

    assert (f"endpoints.ocr.{path}", what, got) == (refusal.path, refusal.what, refusal.got)


@pytest.mark.parametrize(
    ("fleet", "key", "what"),
    [
        ("starter", "foundation", "reserved key"),
        ("starter", "OCR", "not a name"),
        ("starter", "ocr-", "no name for an endpoint"),
        ("s" * 40, "o" * 23, "the name of the endpoint is too long"),
    ],
)
def test_fails_when_an_endpoint_cannot_have_its_name(refuse: Refuse, fleet: str, key: str, what: str) -> None:
    """The key becomes a part of the names of a stack and an endpoint."""
    endpoint = VALID["endpoints"]["ocr"]
    (refusal,) = refuse(yaml.safe_dump({"name": fleet, "endpoints": {key: endpoint}}))

    assert (f"endpoints.{key}", what) == (refusal.path, refusal.what)


def test_a_name_may_be_as_long_as_sagemaker_allows() -> None:
    """63 characters are fine, 64 are not."""
    endpoint = {"model": {"image": IN_ECR}, "instance_type": "ml.m5.large"}

    assert FleetSpec.model_validate({"name": "s" * 40, "endpoints": {"o" * 22: endpoint}})


def test_the_stage_counts_for_the_length_of_a_name(refuse: Refuse) -> None:
    """A name that only fits without a stage is refused for the stage."""
    text = yaml.safe_dump(
        {"name": "s" * 40, "endpoints": {"o" * 22: VALID["endpoints"]["ocr"]}, "stages": {"prod": {}}}
    )
    (refusal,) = refuse(text)

    assert "the name of the endpoint is too long" == refusal.what
    assert "in stage prod" == refusal.hint


def test_fails_when_there_is_no_endpoint(refuse: Refuse) -> None:
    """An empty fleet deploys nothing worth a foundation."""
    (refusal,) = refuse("name: starter\nendpoints: {}\n")

    assert ("endpoints", "has no endpoint") == (refusal.path, refusal.what)


def test_fails_when_the_region_has_no_such_image(refuse: Refuse) -> None:
    """The region decides which images there are."""
    document = copy.deepcopy(VALID) | {"region": "ap-east-2"}
    document["endpoints"]["ocr"]["model"] = {"framework": "triton", "version": "24.09"}
    (refusal,) = refuse(yaml.safe_dump(document))

    assert ("endpoints.ocr.model.framework", "ap-east-2") == (refusal.path, refusal.got)


def test_fails_when_there_are_too_many_tags(refuse: Refuse) -> None:
    """The tags of the fleet, of the endpoint and of Pilotlight share AWS's fifty."""
    document = copy.deepcopy(VALID) | {"tags": {f"a{i}": "x" for i in range(40)}}
    document["endpoints"]["ocr"]["tags"] = {f"b{i}": "x" for i in range(8)}
    (refusal,) = refuse(yaml.safe_dump(document))

    assert ("endpoints.ocr.tags", "48") == (refusal.path, refusal.got)


def test_fails_when_the_environment_is_too_large(refuse: Refuse) -> None:
    """SageMaker takes 32 KB in total."""
    document = copy.deepcopy(VALID)
    document["endpoints"]["ocr"]["model"]["environment"] = {f"A{i}": "x" * 1000 for i in range(33)}
    (refusal,) = refuse(yaml.safe_dump(document))

    assert ("endpoints.ocr.model.environment", "too long in total") == (refusal.path, refusal.what)


def test_a_source_beside_the_fleet_file_is_found(tmp_path: Path) -> None:
    """Directories are relative to the file that names them, not to where the command runs."""
    (tmp_path / "fleets").mkdir()
    (tmp_path / "models" / "code").mkdir(parents=True)
    (tmp_path / "models" / "code" / "inference.py").write_text("def model_fn(model_dir): ...\n")
    document = copy.deepcopy(VALID)
    document["endpoints"]["ocr"]["model"]["source"] = "../models"
    (tmp_path / "fleets" / "fleet.yaml").write_text(yaml.safe_dump(document))

    assert "../models" == load_fleet(tmp_path / "fleets" / "fleet.yaml").endpoints["ocr"].model.source


def test_zero_is_a_value() -> None:
    """A minimum of nothing and a cool-down of nothing are what was asked for."""
    document = copy.deepcopy(VALID)
    document["endpoints"]["ocr"]["scaling"] = {"min_capacity": 0, "scale_in_cooldown": "0s"}
    scaling = FleetSpec.model_validate(document).endpoints["ocr"].scaling

    assert (0, 0) == (scaling.min_capacity, scaling.scale_in_cooldown.total_seconds())


def test_null_leaves_an_alarm_out(refuse: Refuse) -> None:
    """None is 'no such alarm', not the default."""
    document = copy.deepcopy(VALID)
    document["endpoints"]["ocr"]["alarms"] = {"failures": None}

    assert FleetSpec.model_validate(document).endpoints["ocr"].alarms.failures is None
