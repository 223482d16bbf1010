"""Wherever an image comes from, the template says it, and it is read back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pilotlight.spec import FleetSpec, resolved
from pilotlight.template import FleetReading
from tests.spec.source_faults import ACCOUNT, DIGEST, NETWORK, PACKAGE, REGISTRY, SECRETS
from tests.template.test_round_trip import assert_is

IMAGE = f"{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/ocr:1"


def fleet_of(model: dict[str, Any], **fleet: Any) -> FleetSpec:
    """A fleet with one endpoint."""
    endpoint = {"kind": "realtime", "model": model, "instance_type": "ml.m5.large"}
    return FleetSpec.model_validate({"name": "a", "endpoints": {"b": endpoint}, **fleet})


@pytest.mark.parametrize(
    ("model", "fleet"),
    [
        ({"ecr": {"repository": "ocr", "digest": DIGEST}}, {}),
        ({"ecr": {"repository": "ocr", "digest": DIGEST}}, {"account": "999999999999"}),
        ({"ecr": {"repository": "ocr", "tag": "1", "account": ACCOUNT}}, {}),
        ({"private_registry": REGISTRY}, {"network": NETWORK}),
        ({"private_registry": {"image": REGISTRY["image"]}}, {"network": NETWORK}),
        ({"model_package": PACKAGE}, {}),
        ({"image": IMAGE, "network_isolation": False, "secrets": SECRETS}, {}),
        ({"framework": "tensorflow", "version": "2.20", "source": "s3://models/m.tar.gz"}, {}),
    ],
)
def test_a_source_is_read_back(
    model: dict[str, Any], fleet: dict[str, Any], read_back: Callable[..., FleetReading]
) -> None:
    """As what it was resolved to."""
    deployed = fleet_of(model, **fleet)

    assert_is(read_back(deployed), resolved(deployed))


def test_a_built_image_is_read_as_its_uri(tmp_path: Path, read_back: Callable[..., FleetReading]) -> None:
    """The hash of the directory is known once it was synthesized."""
    (tmp_path / "Dockerfile").write_text("FROM scratch\n")
    deployed = fleet_of({"build": {"directory": "."}}, account=ACCOUNT)
    reading = read_back(deployed, source_root=tmp_path)
    uri = str(reading.fleet.endpoints["b"].hosted[0].model.image)

    assert f"{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/cdk-hnb659fds-container-assets-" in uri
    assert_is(reading, resolved(deployed, uploads={".": uri}))
