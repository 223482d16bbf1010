"""Where a model comes from: each way of naming its image, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pilotlight.spec import (
    FleetRefused,
    FleetSpec,
    ModelSpec,
    MultiModelSpec,
    Refusal,
    ServerlessSpec,
    build,
    load_fleet,
    resolved,
)
from tests.spec.source_faults import (
    ACCOUNT,
    DIGEST,
    IMAGE,
    KEY_ID,
    NETWORK,
    OF_A_MODEL,
    OPEN,
    PACKAGE,
    REGISTRY,
    SECRETS,
    TOKEN,
)


def fleet_of(model: dict[str, Any], **fleet: Any) -> dict[str, Any]:
    """A fleet file with one endpoint."""
    endpoint = {"kind": "async", "model": model, "instance_type": "ml.m5.large"}
    return {"name": "starter", "endpoints": {"ocr": endpoint}, **fleet}


def refusals_of(directory: Path, model: dict[str, Any], **fleet: Any) -> tuple[Refusal, ...]:
    """What a fleet file with this model is told."""
    file = directory / "fleet.yaml"
    file.write_text(yaml.safe_dump(fleet_of(model, **fleet)))
    with pytest.raises(FleetRefused) as error:
        load_fleet(file)
    return error.value.refusals


def model_of(directory: Path, model: dict[str, Any], **fleet: Any) -> tuple[FleetSpec, ModelSpec]:
    """The fleet of a file with this model, and what the model is resolved to."""
    file = directory / "fleet.yaml"
    file.write_text(yaml.safe_dump(fleet_of(model, **fleet)))
    found = load_fleet(file)
    return found, resolved(found).endpoints["ocr"].hosted[0].model


@pytest.mark.parametrize(
    ("ecr", "uri"),
    [
        ({"repository": "ocr", "tag": "1.4"}, "555555555555.dkr.ecr.us-east-1.amazonaws.com/ocr:1.4"),
        (
            {"repository": "team/ocr", "digest": DIGEST, "account": ACCOUNT},
            f"{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/team/ocr@{DIGEST}",
        ),
    ],
    ids=["of the fleet's account", "of another account, by its digest"],
)
def test_an_image_of_a_repository_becomes_its_uri(tmp_path: Path, ecr: dict[str, str], uri: str) -> None:
    """The account is that of the repository, or else the fleet's."""
    _, model = model_of(tmp_path, {"ecr": ecr}, account="555555555555")

    assert uri == model.image
    assert model.ecr is None


def test_an_image_of_another_account_needs_no_account_of_the_fleet(tmp_path: Path) -> None:
    """It says its own."""
    _, model = model_of(tmp_path, {"ecr": {"repository": "ocr", "tag": "1", "account": ACCOUNT}})

    assert f"{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/ocr:1" == model.image


@pytest.mark.parametrize(
    ("said", "fleet"),
    [
        ({"build": {"directory": "."}}, {}),
        ({"private_registry": REGISTRY}, {"network": NETWORK}),
        ({"model_package": PACKAGE}, {}),
    ],
    ids=["built", "private registry", "model package"],
)
def test_what_has_no_uri_at_synth_stays_what_it_is(
    tmp_path: Path, said: dict[str, Any], fleet: dict[str, Any]
) -> None:
    """An image that is built has its hash at synth, and the others are named as SageMaker names them."""
    (tmp_path / "Dockerfile").write_text("FROM scratch")
    unresolved, model = model_of(tmp_path, said, **fleet)

    assert unresolved.endpoints["ocr"].hosted[0].model == model


def test_a_secret_becomes_the_variable_that_names_it(tmp_path: Path) -> None:
    """The container reads the value itself; the template holds only where it is."""
    _, model = model_of(tmp_path, {**IMAGE, **OPEN, "secrets": SECRETS, "environment": {"LEVEL": "1"}})

    assert {"LEVEL": "1", "HF_TOKEN_SECRET_ID": "prod/hugging-face"} == model.environment
    assert {} == model.secrets


def test_a_model_in_a_private_registry_lives_in_the_network() -> None:
    """SageMaker pulls the image through the model's VPC, however isolated the container is."""
    registry = build(ModelSpec, private_registry={"image": REGISTRY["image"]})

    assert registry.needs_network
    assert registry.network_isolation
    assert not build(ModelSpec, ecr=IMAGE["ecr"]).needs_network


@pytest.mark.parametrize(("said", "key", "what"), OF_A_MODEL)
def test_fails_when_a_source_breaks_a_constraint(
    tmp_path: Path, said: dict[str, Any], key: str, what: str
) -> None:
    """At the key that is wrong, with what would be right."""
    found = {(each.path, each.what): each for each in refusals_of(tmp_path, said)}
    path = ".".join(filter(None, ("endpoints.ocr.model", key)))

    assert (path, what) in found
    assert found[path, what].got
    assert found[path, what].allowed


@pytest.mark.parametrize("value", [TOKEN, KEY_ID, "-----BEGIN PRIVATE KEY-----\nMII"])
def test_a_refused_secret_is_not_repeated(tmp_path: Path, value: str) -> None:
    """A refusal ends up in a terminal and in the log of whoever synthesizes."""
    refusals = refusals_of(tmp_path, IMAGE | {"environment": {"A": value, "HF_TOKEN": value}})

    assert ["A", "HF_TOKEN"] == [each.path.rpartition(".")[2] for each in refusals]
    assert not any(value[:12] in str(each) for each in refusals)
    assert "secrets: {A: name-of-the-secret}" in refusals[0].hint


@pytest.mark.parametrize(
    "name", ["EOS_TOKEN", "MAX_TOKENS", "TOKENIZER", "SECRETARY", "HF_MODEL_ID", "HF_HOME"]
)
def test_a_variable_that_only_sounds_like_a_secret_is_fine(name: str) -> None:
    """Tokens are also what models read and write."""
    assert {name: "x"} == build(ModelSpec, **IMAGE, environment={name: "x"}).environment


def test_a_secret_variable_may_be_empty() -> None:
    """Nothing is no secret: some images want the variable."""
    assert {"HF_TOKEN": ""} == build(ModelSpec, **IMAGE, environment={"HF_TOKEN": ""}).environment


def test_fails_when_the_registry_is_outside_of_a_network_without_a_way_out(tmp_path: Path) -> None:
    """The network that a fleet creates reaches AWS and nothing else."""
    (refusal,) = refusals_of(tmp_path, {"private_registry": REGISTRY}, network={"create": True})

    assert "endpoints.ocr.model.private_registry" == refusal.path
    assert "the fleet's own network has no way out" == refusal.what


def test_fails_when_many_models_are_to_share_a_model_package() -> None:
    """It brings a model of its own."""
    with pytest.raises(FleetRefused) as error:
        build(MultiModelSpec, model={"model_package": PACKAGE}, instance_type="ml.m5.large")

    assert ["model.model_package"] == [each.path for each in error.value.refusals]


def test_fails_when_a_serverless_endpoint_takes_an_image_of_a_private_registry() -> None:
    """SageMaker Developer Guide, Serverless Inference, Feature exclusions."""
    with pytest.raises(FleetRefused) as error:
        build(ServerlessSpec, model={"private_registry": REGISTRY})

    assert ["model.private_registry"] == [each.path for each in error.value.refusals]
