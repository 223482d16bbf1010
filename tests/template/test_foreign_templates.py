"""Templates that are not ours: what can be read is read, what cannot is named with its logical id."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pilotlight.spec import FleetRefused, FleetSpec, fleet_yaml, load_fleet
from pilotlight.template import read_template

SAMPLES = Path(__file__).with_name("samples")
FILES = sorted(file for file in SAMPLES.iterdir() if file.suffix in {".json", ".yaml"})


def read(name: str, **options: Any) -> tuple[FleetSpec, set[str]]:
    """A sample, with the places of what was not read."""
    reading = read_template(SAMPLES / name, **options)
    assert reading.fleet is not None
    return reading.fleet, {f"{each.place.logical_id}.{each.place.path}" for each in reading.unread}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_what_is_read_is_a_fleet_file(file: Path, tmp_path: Path) -> None:
    """Somebody with a template can go on with a fleet."""
    parameters = {"Artifacts": "models"} if file.name == "by_hand.yaml" else {}
    fleet = read_template(file, account="123456789012", parameters=parameters).fleet
    assert fleet is not None
    written = tmp_path / "fleet.yaml"
    written.write_text(fleet_yaml(fleet))

    assert fleet == load_fleet(written)


def test_fails_as_a_fleet_file_while_the_name_of_a_bucket_is_not_known(tmp_path: Path) -> None:
    """Nothing in a fleet file would fill in what only the deployment of the template knows."""
    fleet = read_template(SAMPLES / "by_hand.yaml").fleet
    assert fleet is not None
    written = tmp_path / "fleet.yaml"
    written.write_text(fleet_yaml(fleet))
    with pytest.raises(FleetRefused) as error:
        load_fleet(written)

    assert ["${Artifacts}"] == [each.got for each in error.value.refusals]
    assert "write the name out" in str(error.value)


def test_every_sample_has_its_origin() -> None:
    """Where it comes from is written beside it."""
    text = (SAMPLES / "README.md").read_text()

    assert [] == [file.name for file in FILES if f"`{file.name}`" not in text]


def test_short_tags_parameters_maps_and_conditions_are_worked_out() -> None:
    """A template written by hand, in YAML."""
    fleet, unread = read("by_hand.yaml", parameters={"Artifacts": "models"})
    ranker = fleet.endpoints["ranker-prod"]

    assert (2, 6, 70.0) == (
        ranker.scaling.min_capacity,
        ranker.scaling.max_capacity,
        ranker.scaling.target_per_instance,
    )
    assert timedelta(minutes=5) == ranker.scaling.scale_in_cooldown
    assert "123456789012.dkr.ecr.us-east-1.amazonaws.com/ranker:1.4.2" == ranker.model.image
    assert "s3://models/ranker/model.tar.gz" == ranker.model.source
    assert {"STAGE": "prod", "WORKERS": "4", "Tags": "kept, as it is a variable"} == ranker.model.environment
    assert ("subnet-0a1b2c3d", "subnet-1a1b2c3d") == fleet.network.subnet_ids
    assert "RANDOM" == ranker.routing_strategy
    assert timedelta(milliseconds=500) == ranker.alarms.model_latency
    assert {
        "Ranker.EndpointName",
        "Ranker.RetainAllVariantProperties",
        "RankerConfig.ProductionVariants[0].AcceleratorType",
        "RankerModel.ModelName",
        "Slow.AlarmName",
        "Slow.EvaluationPeriods",
        "Slow.Period",
    } == unread


def test_another_value_of_a_parameter_is_another_fleet() -> None:
    """In dev nothing scales it, and there is a second endpoint."""
    fleet, _ = read("by_hand.yaml", parameters={"Stage": "dev", "Artifacts": "models"}, region="cn-north-1")

    ranker = fleet.endpoints["ranker-dev"]

    assert {"ranker-dev", "only-in-dev"} == {*fleet.endpoints}
    assert (None, 1) == (ranker.scaling, ranker.initial_instance_count)
    assert "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/ranker:1.4.2" == ranker.model.image


def test_what_only_the_deployment_knows_stays_a_symbol() -> None:
    """And is named, with the reason."""
    reading = read_template(SAMPLES / "by_hand.yaml")

    assert "s3://${Artifacts}/ranker/model.tar.gz" == reading.fleet.endpoints["ranker-prod"].model.source
    (note,) = [each for each in reading.unread if each.place.path.endswith("ModelDataUrl")]
    assert "the parameter Artifacts has no default" in note.reason


def test_an_asynchronous_endpoint_by_hand_is_read() -> None:
    """It sleeps and wakes; two datapoints before it wakes are more than a fleet says."""
    fleet, unread = read("by_hand.json")
    ocr = fleet.endpoints["ocr"]

    assert ("async", 0, 3) == (ocr.kind, ocr.scaling.min_capacity, ocr.scaling.max_capacity)
    assert (timedelta(minutes=15), None) == (ocr.alarms.backlog_age, ocr.alarms.failures)
    assert {
        "Config.AsyncInferenceConfig.OutputConfig.S3OutputPath",
        "Ocr.EndpointName",
        "Waiting.DatapointsToAlarm",
        "Waiting.EvaluationPeriods",
    } == unread


def test_a_policy_that_never_sees_data_is_named() -> None:
    """AWS publishes the backlog for the endpoint only: with other dimensions nothing scales or wakes."""
    _, unread = read("wrong_dimensions.json")

    assert {"Backlog.", "Target.", "Target.MinCapacity"} <= unread


def test_the_sagemaker_alpha_is_read() -> None:
    """Two variants, scaling on invocations; alarms that no fleet has are named."""
    fleet, unread = read("sagemaker_alpha.json")
    (endpoint,) = fleet.endpoints.values()

    assert ("ml.m5.large", 900.0, 3) == (
        endpoint.instance_type,
        endpoint.scaling.target_per_instance,
        endpoint.scaling.max_capacity,
    )
    assert {"secondVariant": ("ml.t2.medium", 2.0)} == {
        name: (each.instance_type, each.weight) for name, each in endpoint.variants.items()
    }
    assert (None, timedelta(milliseconds=7)) == (
        endpoint.alarms.server_error_percent,
        endpoint.alarms.model_latency,
    )
    assert {
        "ErrorsAlarmF9BAF026.",
        "InvocationsAlarmBC3830BD.",
        "ModelWithArtifact7EBC6421.PrimaryContainer.ModelDataUrl",
    } <= unread


def test_the_generative_ai_constructs_are_read() -> None:
    """A model that is a prefix."""
    fleet, _ = read("genai_constructs.json")
    embeddings = fleet.endpoints["embeddings"]

    assert "s3://models/bge/" == embeddings.model.source
    assert {"SAGEMAKER_REGION": "us-east-1", "MAX_LENGTH": "512"} == embeddings.model.environment
    assert (100, timedelta(minutes=10)) == (embeddings.volume_size, embeddings.model_data_download_timeout)
