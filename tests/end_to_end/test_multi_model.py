"""Tenants' models on a multi-model endpoint with the real Triton, published after it came into service."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from pilotlight.catalog.multi_model import MODEL_MEMORY_VARIABLE
from pilotlight.local.containers.triton_environment import TritonUnavailable
from pilotlight.local.containers.triton_host import TritonHost
from pilotlight.local.emulator.api_error import ApiError
from pilotlight.local.endpoint.model_operations import internal_name
from pilotlight.local.home import Home
from tests.local.endpoint.many_models import (
    ManyModelsEndpoint,
    many_models_config,
    many_models_endpoint,
    many_models_record,
)

TRITON = "763104351884.dkr.ecr.us-east-1.amazonaws.com/sagemaker-tritonserver:26.05-py3"

CONFIG = b"""
backend: "python"
max_batch_size: 0
input [{ name: "NUMBERS" data_type: TYPE_FP32 dims: [ -1 ] }]
output [{ name: "SCALED" data_type: TYPE_FP32 dims: [ -1 ] }]
instance_group [{ kind: KIND_CPU }]
"""

CODE = """
import triton_python_backend_utils as backend


class TritonPythonModel:
    def execute(self, requests):
        inputs = [backend.get_input_tensor_by_name(each, "NUMBERS").as_numpy() for each in requests]
        return [backend.InferenceResponse([backend.Tensor("SCALED", FACTOR * each)]) for each in inputs]
"""


def files(factor: int) -> Mapping[str, bytes]:
    """A model that multiplies by a tenant's factor."""
    code = CODE.replace("FACTOR", str(factor)).encode()
    return {"scaler/config.pbtxt": b'name: "scaler"' + CONFIG, "scaler/1/model.py": code}


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ManyModelsEndpoint]:
    """An endpoint on the real Triton, with room for two models of 6000 MiB on its GPU of 16 GiB.

    Triton's models talk through shared memory, which a killed server leaves behind: the guardian removes it.
    """
    home = Home(tmp_path_factory.mktemp("many") / "home").create()
    triton = TritonHost(home.temporary)
    try:
        triton.environment()
    except TritonUnavailable as unavailable:
        pytest.skip(f"no real Triton here: {unavailable}")
    model = many_models_record(TRITON, environment={MODEL_MEMORY_VARIABLE: "6000"})
    config = many_models_config(instance_type="ml.g4dn.xlarge")
    with many_models_endpoint(home, model=model, config=config, triton=triton) as many:
        yield many
    shared_memory = Path("/dev/shm")  # noqa: S108 - where Linux keeps it
    assert [] == [*shared_memory.glob(f"pilotlight-{os.getpid()}-*")]


def ask(many: ManyModelsEndpoint, model: str) -> list[float]:
    """What a model makes of 1, 2, 3."""
    tensor = {"name": "NUMBERS", "datatype": "FP32", "shape": [3], "data": [1, 2, 3]}
    body = json.dumps({"inputs": [tensor]}).encode()
    answer = json.loads(many.ask(model, body, content_type="application/json"))
    numbers: list[float] = answer["outputs"][0]["data"]
    return numbers


def test_tenants_models_answer_for_themselves_and_make_room_for_each_other(
    endpoint: ManyModelsEndpoint,
) -> None:
    """Answers by hand; the third model evicts the least recently used one, as Triton's own list shows."""
    for tenant, factor in (("acme", 2), ("globex", 5), ("initech", 7)):
        endpoint.publish(f"{tenant}.tar.gz", files(factor))

    assert [2.0, 4.0, 6.0] == ask(endpoint, "acme.tar.gz")
    assert [5.0, 10.0, 15.0] == ask(endpoint, "globex.tar.gz")
    assert [2.0, 4.0, 6.0] == ask(endpoint, "acme.tar.gz")
    assert [7.0, 14.0, 21.0] == ask(endpoint, "initech.tar.gz")

    loaded = {internal_name(f"{tenant}.tar.gz") for tenant in ("acme", "initech")}
    assert [loaded] == endpoint.listed()
    assert [0.0, 0.0, 1.0, 0.0] == endpoint.metrics.of("ModelCacheHit")[-4:]


def test_fails_when_triton_cannot_load_a_model(endpoint: ManyModelsEndpoint) -> None:
    """The caller learns what Triton said; the endpoint goes on."""
    endpoint.publish("broken.tar.gz", {"scaler/config.pbtxt": b"backend: nonsense"})
    endpoint.publish("umbrella.tar.gz", files(3))

    with pytest.raises(ApiError, match="could not load it") as refused:
        ask(endpoint, "broken.tar.gz")
    assert "ModelError" == refused.value.code
    assert [3.0, 6.0, 9.0] == ask(endpoint, "umbrella.tar.gz")


def test_status_says_that_the_port_is_open_to_the_network(endpoint: ManyModelsEndpoint) -> None:
    """Triton cannot restrict its SageMaker port, so whoever looks is told."""
    (container,) = endpoint.runtime.describe().containers

    assert "real" == container.label
    assert "all interfaces" in container.caveat
