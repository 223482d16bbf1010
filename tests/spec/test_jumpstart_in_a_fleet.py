"""A fleet file names a JumpStart model by its id; the lock beside it says what that is."""

from __future__ import annotations

import copy
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from pilotlight.spec import FleetRefused, JumpStartLock, load_fleet_file, resolved, with_locked_models
from tests.spec.smallest_endpoints import IN_ECR
from tests.spec.test_jumpstart_lock import LICENCE, LOCK

FLEET: dict[str, Any] = {
    "name": "starter",
    "endpoints": {
        "chat": {"model": {"jumpstart": "llm", "accept_eula": True}, "instance_type": "ml.g5.12xlarge"}
    },
}
MODEL = "endpoints.chat.model"


@pytest.fixture
def files(tmp_path: Path):
    """Write a fleet file, changed at some places, and the lock beside it; gives the fleet file."""

    def write(lock: Any = LOCK, **changes: Any) -> Path:
        document = copy.deepcopy(FLEET)
        document["endpoints"]["chat"] |= changes
        (tmp_path / "fleet.yaml").write_text(yaml.safe_dump(document, sort_keys=False))
        if lock is not None:
            (tmp_path / "jumpstart.lock.json").write_text(json.dumps(lock))
        return tmp_path / "fleet.yaml"

    return write


def refusals_of(file: Path) -> str:
    """What a fleet file is refused with."""
    with pytest.raises(FleetRefused) as error:
        load_fleet_file(file)
    return str(error.value)


def test_an_id_becomes_image_artefact_and_environment(files) -> None:
    """In the region of the fleet, on the type of the endpoint; resolving twice changes nothing."""
    loaded = load_fleet_file(files())
    fleet = resolved(loaded.fleet, loaded.lock)
    model = fleet.endpoints["chat"].model

    assert (None, "r/gpu:1", "s3://weights/llm/v1/") == (model.jumpstart, model.image, model.source)
    assert {"WORKERS": "1"} == model.environment
    assert model.accept_eula is True
    assert fleet == resolved(fleet)


def test_what_the_fleet_says_itself_wins(files) -> None:
    """A variable of the environment, a time-out of the endpoint."""
    model = {"jumpstart": "llm", "accept_eula": True, "environment": {"WORKERS": "4", "LEVEL": "1"}}
    loaded = load_fleet_file(files(model=model, model_data_download_timeout="10m"))
    endpoint = resolved(loaded.fleet, loaded.lock).endpoints["chat"]

    assert {"LEVEL": "1", "WORKERS": "4"} == endpoint.model.environment
    assert timedelta(minutes=10) == endpoint.model_data_download_timeout


def test_an_endpoint_gets_the_time_that_its_model_takes(files) -> None:
    """What the lock leaves open stays SageMaker's choice."""
    loaded = load_fleet_file(files())
    endpoint = resolved(loaded.fleet, loaded.lock).endpoints["chat"]

    assert timedelta(hours=1) == endpoint.model_data_download_timeout
    assert endpoint.container_startup_health_check_timeout is None


def test_only_a_prefix_carries_the_acceptance(files) -> None:
    """SageMaker asks for it on a prefix; a tarball has no place for it."""
    loaded = load_fleet_file(files(instance_type="ml.inf2.xlarge"))
    model = with_locked_models(loaded.fleet, loaded.lock).endpoints["chat"].model

    assert ("s3://weights/llm/neuron.tar.gz", False) == (model.source, model.accept_eula)


def test_a_fleet_without_such_models_needs_no_lock(files) -> None:
    """A broken file that nobody uses does no harm."""
    loaded = load_fleet_file(files(lock={}, model={"image": IN_ECR}))

    assert loaded.lock is None


@pytest.mark.parametrize(
    ("changes", "line", "words"),
    [
        (
            {"model": {"jumpstart": "mistral", "accept_eula": True}},
            5,
            f"{MODEL}.jumpstart: not a locked JumpStart model, got mistral, allowed llm, package "
            "(`pilotlight jumpstart lock mistral --lock {folder}/jumpstart.lock.json` locks it)",
        ),
        (
            {"model": {"jumpstart": "llm"}},
            4,
            f"{MODEL}.accept_eula: the licence of the model is not accepted, got false, allowed true "
            f"(read it first: {LICENCE})",
        ),
        (
            {"instance_type": "ml.g5.24xlarge"},
            7,
            "endpoints.chat.instance_type: the model is not published for this type, got ml.g5.24xlarge",
        ),
        (
            {
                "model": {"jumpstart": "package", "environment": {"LEVEL": "1"}},
                "instance_type": "ml.g5.2xlarge",
            },
            6,
            f"{MODEL}.environment: a model package has its own variables, got LEVEL",
        ),
        (
            {"model": {"jumpstart": "llm", "source": "s3://weights/", "accept_eula": True}},
            6,
            f"{MODEL}.source: a JumpStart model brings its own artefact",
        ),
        (
            {"model": {"jumpstart": "llm", "image": IN_ECR, "accept_eula": True}},
            4,
            f"{MODEL}: needs exactly one image, got image and jumpstart",
        ),
        ({"model": {"jumpstart": "llm:2.0.0"}}, 5, "not the id of a JumpStart model"),
    ],
    ids=["not locked", "licence", "type", "package", "source", "image", "no id"],
)
def test_fails_where_the_key_stands(files, changes: dict[str, Any], line: int, words: str) -> None:
    """File and line of the key that a reader would change, with the command that helps."""
    file = files(**changes)
    text = refusals_of(file)

    assert f"{file}:{line}: " in text
    assert words.replace("{folder}", str(file.parent)) in text


def test_fails_without_a_lock_with_the_command_that_writes_it(files) -> None:
    """For the region of the fleet, beside the fleet file."""
    file = files(lock=None)
    lock = file.with_name("jumpstart.lock.json")

    assert (
        f"{file}:5: {MODEL}.jumpstart: there is no jumpstart.lock.json beside the fleet file, got llm "
        f"(`pilotlight jumpstart lock llm --region us-east-1 --lock {lock}` writes it)"
    ) == refusals_of(file)


def test_faults_of_the_lock_are_the_lock_s(files) -> None:
    """They name that file, beside what is wrong with the fleet."""
    lock = copy.deepcopy(LOCK)
    lock["models"]["llm"]["version"] = 2
    file = files(lock=lock, volume_size="4TB")
    text = refusals_of(file)

    assert f"{file.parent}/jumpstart.lock.json: models.llm.version: not text, got 2" in text
    assert f"{file}:8: endpoints.chat.volume_size: not a size" in text


def test_another_stage_may_need_another_region(files) -> None:
    """Every stage of a file is looked at, and the refusal says which one it is about."""
    file = files()
    document = yaml.safe_load(file.read_text()) | {"stages": {"eu": {"region": "eu-west-1"}}}
    file.write_text(yaml.safe_dump(document, sort_keys=False))
    text = refusals_of(file)

    assert "the model is not locked for this region, got eu-west-1, allowed us-east-1" in text
    assert "--version 2.0.0 --region eu-west-1 --region us-east-1 --lock " in text
    assert text.endswith("in stage eu)")


def test_fails_when_python_resolves_an_id_without_a_lock(files) -> None:
    """There is nothing it could stand for."""
    with pytest.raises(FleetRefused, match=r"endpoints\.chat\.model\.jumpstart: needs a lock, got llm"):
        resolved(load_fleet_file(files()).fleet)


def test_an_id_is_accepted_by_value(files) -> None:
    """A lock that was built in Python serves as well as a file."""
    fleet = load_fleet_file(files()).fleet

    assert "r/gpu:1" == resolved(fleet, JumpStartLock.model_validate(LOCK)).endpoints["chat"].model.image


def test_fails_when_a_job_would_read_a_prefix(files) -> None:
    """What the lock says of the files is known before synth, so it is refused before synth."""
    told = refusals_of(files(kind="batch-transform", input={"content_type": "application/json"}))

    assert (
        f"{MODEL}.jumpstart: a transform job cannot read a model below a prefix, got s3://weights/llm/v1/"
        in told
    )


def test_what_cannot_be_there_needs_no_lock(files) -> None:
    """One fault is told, not also that the model is not locked."""
    told = refusals_of(files(lock=None, kind="multi-model", instance_type="ml.m5.large"))

    assert f"{MODEL}.jumpstart: a container of many models has none of its own" in told
    assert 1 == len(told.splitlines())
