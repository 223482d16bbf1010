"""Reading the lock of JumpStart's models."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from pilotlight.spec import FleetRefused
from pilotlight.spec.jumpstart_container import JumpStartContainer, jumpstart_container
from pilotlight.spec.jumpstart_lock import JumpStartLock, eula_refusal, load_lock

LICENCE = "https://example.com/eula.txt"
ARN = "arn:aws:sagemaker:us-east-1:865070037744:model-package/tiny"
COMMITTED = Path(__file__).resolve().parents[2] / "fleets/jumpstart.lock.json"
LOCK: dict[str, Any] = {
    "schema_version": 1,
    "models": {
        "llm": {
            "version": "2.0.0",
            "source": {"data": "by hand", "date": "2026-09-01"},
            "gated": True,
            "eula": {"required": True, "licence": LICENCE},
            "default_instance_type": "ml.g5.12xlarge",
            "instance_types": {
                "ml.g5.12xlarge": {"image": "gpu"},
                "ml.inf2.xlarge": {
                    "image": "neuron",
                    "environment": {"CORES": "2", "WORKERS": "2"},
                    "artifact": {"key": "llm/neuron.tar.gz", "compressed": True},
                },
            },
            "artifact": {"key": "llm/v1/", "compressed": False},
            "environment": {"WORKERS": "1"},
            "regions": {
                "us-east-1": {"bucket": "weights", "images": {"gpu": "r/gpu:1", "neuron": "r/neuron:1"}}
            },
            "timeouts": {"model_data_download": "1h", "source": "assumed: by hand"},
        },
        "package": {
            "version": "1.0.0",
            "source": {"data": "by hand", "date": "2026-09-01"},
            "gated": False,
            "eula": {"required": False},
            "default_instance_type": "ml.g5.2xlarge",
            "instance_types": {"ml.g5.2xlarge": {}},
            "regions": {"us-east-1": {"model_package": ARN}},
            "timeouts": {"source": "assumed: by hand"},
        },
    },
}


@pytest.fixture
def lock() -> JumpStartLock:
    """Two models: one with an artefact, one that is a package."""
    return JumpStartLock.model_validate(LOCK)


@pytest.fixture
def refuse(tmp_path: Path):
    """Load a file that must be refused, and give the refusals as text."""

    def refused(text: str | bytes) -> str:
        file = tmp_path / "jumpstart.lock.json"
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        with pytest.raises(FleetRefused) as error:
            load_lock(file)
        assert all(str(file) == refusal.file for refusal in error.value.refusals)
        return str(error.value)

    return refused


def test_the_committed_lock_is_read() -> None:
    """The showcase fleet can be synthesized without a network."""
    model = load_lock(COMMITTED).model("huggingface-llm-falcon-40b-instruct-bf16")

    assert ("2.0.0", "ml.g5.12xlarge") == (model.version, model.default_instance_type)
    assert {"us-east-1", "us-west-2", "eu-west-1"} == model.regions.keys()


def test_a_model_stands_for_image_artefact_and_environment(lock: JumpStartLock) -> None:
    """All of them in the region of the fleet."""
    container = jumpstart_container(lock, "llm", region="us-east-1", instance_type="ml.g5.12xlarge")

    assert JumpStartContainer("r/gpu:1", "s3://weights/llm/v1/", None, {"WORKERS": "1"}) == container


def test_an_instance_type_overrides_the_model(lock: JumpStartLock) -> None:
    """It may have another image, another artefact and other variables."""
    container = jumpstart_container(lock, "llm", region="us-east-1", instance_type="ml.inf2.xlarge")

    assert (
        JumpStartContainer(
            "r/neuron:1", "s3://weights/llm/neuron.tar.gz", None, {"WORKERS": "2", "CORES": "2"}
        )
        == container
    )


def test_a_package_stands_for_its_arn_alone(lock: JumpStartLock) -> None:
    """SageMaker knows the rest."""
    container = jumpstart_container(lock, "package", region="us-east-1", instance_type="ml.g5.2xlarge")

    assert JumpStartContainer(None, None, ARN, {}) == container


@pytest.mark.parametrize(
    ("model_id", "region", "instance_type", "message"),
    [
        ("lllm", "us-east-1", "ml.g5.12xlarge", r"got lllm, allowed llm, package \(did you mean llm\?\)"),
        ("x", "us-east-1", "ml.g5.12xlarge", "`pilotlight jumpstart lock x` locks it"),
        (
            "llm",
            "eu-west-1",
            "ml.g5.12xlarge",
            "got eu-west-1, allowed us-east-1 .*lock llm --version 2.0.0 --region eu-west-1 --region us-",
        ),
        (
            "llm",
            "us-east-1",
            "ml.g5.xlarge",
            r"got ml.g5.xlarge, allowed .* \(did you mean ml.g5.12xlarge\?\)",
        ),
    ],
)
def test_fails_when_it_is_not_locked(lock: JumpStartLock, model_id, region, instance_type, message) -> None:
    """The refusal says what is locked, and how to lock more."""
    with pytest.raises(FleetRefused, match=message):
        jumpstart_container(lock, model_id, region=region, instance_type=instance_type)


def test_fails_when_the_region_lacks_the_image() -> None:
    """Some regions have the image for one family of instances only."""
    document = copy.deepcopy(LOCK)
    del document["models"]["llm"]["regions"]["us-east-1"]["images"]["gpu"]

    with pytest.raises(
        FleetRefused, match=r"no image for this type in the region, got ml\.g5\.12xlarge in us-east-1"
    ):
        jumpstart_container(
            JumpStartLock.model_validate(document), "llm", region="us-east-1", instance_type="ml.g5.12xlarge"
        )


def test_fails_when_the_licence_is_not_accepted(lock: JumpStartLock) -> None:
    """The refusal links to the licence."""
    refusal = eula_refusal(lock.model("llm"), accepted=False)

    assert refusal is not None
    assert ("accept_eula", "false", "true") == (refusal.path, refusal.got, refusal.allowed)
    assert LICENCE in refusal.hint


@pytest.mark.parametrize(("model_id", "accepted"), [("llm", True), ("package", False), ("package", True)])
def test_an_accepted_licence_or_none_lets_the_model_through(lock: JumpStartLock, model_id, accepted) -> None:
    """Accepting what needs no acceptance does no harm."""
    assert eula_refusal(lock.model(model_id), accepted) is None


def test_fails_when_a_gated_model_has_no_licence_in_the_data(lock: JumpStartLock) -> None:
    """Gated is gated: an unknown licence is not an accepted one."""
    model = lock.model("llm").model_copy(update={"eula": lock.model("package").eula})

    refusal = eula_refusal(model, accepted=False)

    assert refusal is not None
    assert "the page of the model in SageMaker JumpStart" in refusal.hint


def test_fails_when_there_is_no_lock(tmp_path: Path) -> None:
    """The refusal names the command that writes it."""
    with pytest.raises(FleetRefused, match=r"there is no such file \(`pilotlight jumpstart lock MODEL_ID`"):
        load_lock(tmp_path / "jumpstart.lock.json")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "jumpstart.lock.json:1: not JSON: expecting value"),
        ('{\n"models": {},\n}', "jumpstart.lock.json:"),
        (b"\xff\xfe", "jumpstart.lock.json:1: not text, got the byte 0xff, allowed UTF-8"),
        ("[]", "not a lock file"),
        ("[" * 100_000, "not JSON: "),
        ('{"schema_version": 2}', "schema_version: another format, got 2, allowed 1"),
        ("{}", "schema_version: another format, got None, allowed 1"),
        (
            '{"schema_version": 1, "models": {"a": {}, "a": {}}}',
            "duplicate key, got a, allowed each key once",
        ),
        ('{"schema_version": 1}', "models: required key is missing"),
    ],
)
def test_fails_when_the_file_is_no_lock(refuse, text, message: str) -> None:
    """Every refusal names the file."""
    assert message in refuse(text)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("llm.version", 2, "models.llm.version: not text, got 2"),
        ("llm.verson", "1", r"models.llm.verson: unknown key, got verson, allowed version, "),
        ("llm.timeouts.model_data_download", "2h", "models.llm.timeouts.model_data_download: out of range"),
        (
            "llm.default_instance_type",
            "ml.x",
            "models.llm.default_instance_type: not one of the instance types",
        ),
        ("llm.artifact.compressed", True, "models.llm.artifact.compressed: contradicts the key"),
        ("llm.regions.us-east-1.bucket", None, "models.llm.regions.us-east-1: contradicts artifact"),
        (
            "package.regions.us-east-1.model_package",
            None,
            "models.package.regions.us-east-1: contradicts artifact",
        ),
        (
            "package.environment",
            {"A": "1"},
            "models.package.environment: a model package takes no environment",
        ),
        ("llm.environment", {"1A": "1"}, "not the name of a variable"),
    ],
)
def test_fails_when_an_entry_was_edited_wrongly(refuse, path: str, value, message: str) -> None:
    """The path leads to the key; nothing contradictory is deployed."""
    document = copy.deepcopy(LOCK)
    place = document["models"]
    *above, key = path.split(".")
    for step in above:
        place = place[step]
    place[key] = value

    assert message in refuse(json.dumps(document))


def test_all_faults_come_at_once(refuse) -> None:
    """Nobody should have to run it again for the second fault."""
    document = copy.deepcopy(LOCK)
    document["models"]["llm"]["version"] = 2
    document["models"]["package"]["gated"] = "no"

    assert 2 == len(refuse(json.dumps(document)).splitlines())
