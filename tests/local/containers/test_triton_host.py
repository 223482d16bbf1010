"""Where the real Triton cannot run, a labelled stand-in does, and says why."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pilotlight.local.containers import triton_platform
from pilotlight.local.containers.container_host import ContainerHost, ContainerName
from pilotlight.local.containers.image_catalogue import ImageRefused, Label
from pilotlight.local.containers.models_api import ModelsApi
from pilotlight.local.containers.service_time import ServiceTime
from pilotlight.local.containers.triton_environment import FOLDER_VARIABLE, TritonUnavailable
from pilotlight.local.containers.triton_host import TritonHost
from pilotlight.local.control_plane.container_definition import ContainerDefinition
from pilotlight.local.home import Home

ROOT = Path(__file__).parents[3]
TRITON = "763104351884.dkr.ecr.us-east-1.amazonaws.com/sagemaker-tritonserver:26.05-py3"
SCIKIT = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.4-2-cpu-py3"


@pytest.fixture(autouse=True)
def _not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this machine has: nothing is installed in an empty folder, on a platform that would do."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "nothing"))
    monkeypatch.setattr("pilotlight.local.containers.triton_environment.why_not_here", lambda: None)


@pytest.fixture
def host(home: Home, aws: Any) -> ContainerHost:
    """A host whose stand-ins take no time."""
    quick = ServiceTime(start_s=0.0, invocation_s=0.0, load_s=0.0)
    return ContainerHost(home, aws, service_time=quick)


def many(image: str = TRITON) -> ContainerDefinition:
    """A multi-model container."""
    return ContainerDefinition(image=image, model_data_url="s3://data/models/", mode="MultiModel")


@pytest.mark.parametrize(
    ("system", "machine", "said"),
    [("Darwin", "arm64", "this is Darwin on arm64"), ("Linux", "aarch64", "this is Linux on aarch64")],
)
def test_other_platforms_are_named(
    system: str, machine: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason says what this machine is, and what it would have to be."""
    monkeypatch.setattr("platform.system", lambda: system)
    monkeypatch.setattr("platform.machine", lambda: machine)

    assert said in str(triton_platform.why_not_here())
    assert "Linux on x86-64" in str(triton_platform.why_not_here())


@pytest.mark.skipif(shutil.which("setarch") is None, reason="it pretends to be another machine by setarch")
def test_make_triton_says_where_it_cannot_run_and_goes_on(tmp_path: Path) -> None:
    """`make local` and `make test` need it, so it is no failure; it is not tried again."""
    command = ["setarch", "i686", "scripts/install-triton", str(tmp_path / "venv"), sys.executable]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert 0 == done.returncode, done.stderr
    assert "this is Linux on i686; multi-model endpoints run on a stand-in" in done.stdout
    assert [tmp_path / "venv" / ".installed"] == [*(tmp_path / "venv").iterdir()]


def test_a_python_without_a_shared_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Triton embeds Python, so one that was linked statically does not do."""
    for name, value in (("system", "Linux"), ("machine", "x86_64")):
        monkeypatch.setattr(f"platform.{name}", lambda value=value: value)
    monkeypatch.setattr("platform.libc_ver", lambda: ("glibc", "2.36"))
    monkeypatch.setattr(triton_platform, "shared_libpython", lambda: None)

    assert "comes without libpython3." in str(triton_platform.why_not_here())


def test_an_old_c_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The wheel is built for glibc 2.35."""
    for name, value in (("system", "Linux"), ("machine", "x86_64")):
        monkeypatch.setattr(f"platform.{name}", lambda value=value: value)
    monkeypatch.setattr("platform.libc_ver", lambda: ("glibc", "2.31"))

    assert "this machine has glibc 2.31" in str(triton_platform.why_not_here())


def test_the_reason_is_the_same_every_time(tmp_path: Path) -> None:
    """It is looked for once, and told to everybody who asks."""
    triton = TritonHost(tmp_path)
    for _ in range(2):
        with pytest.raises(TritonUnavailable, match=r"not installed in .*nothing .*make triton"):
            triton.environment()


def test_a_stand_in_takes_its_place_and_says_why(host: ContainerHost) -> None:
    """Status shows the note beside the label."""
    plan = host.plan(many())

    assert Label.STAND_IN == plan.label
    assert "the real Triton does not run here: it is not installed" in plan.why


def test_a_framework_image_of_many_models_is_a_stand_in(host: ContainerHost) -> None:
    """How AWS's image finds the scripts of many models is not known well enough to run them."""
    assert Label.STAND_IN == host.plan(many(SCIKIT)).label


def test_fails_when_triton_has_a_single_model(host: ContainerHost) -> None:
    """Only its multi-model side is embedded."""
    with pytest.raises(ImageRefused, match="got SingleModel"):
        host.plan(ContainerDefinition(image=TRITON))


@pytest.fixture
def api(host: ContainerHost) -> Iterator[ModelsApi]:
    """The models of a running stand-in."""
    container = host.launch(many(), ContainerName("tenants", "AllTraffic", 1), network_isolation=True)
    try:
        assert container.becomes_healthy(120)
        yield ModelsApi(container.port)
    finally:
        container.stop()


def test_a_stand_in_loads_lists_and_unloads(api: ModelsApi) -> None:
    """With the statuses of SageMaker's multi-model API; an answer says that it is a stand-in's."""
    assert [200, 409] == [api.load("a", "/nowhere", 5).status for _ in range(2)]
    assert ("a",) == api.loaded()
    answer = api.invoke("a", b"{}", {}, 5)
    assert [200, 404] == [api.unload("a", 5).status for _ in range(2)]

    assert "the real Triton does not run here" in answer.headers["X-Pilotlight-Stand-In"]
    assert "pilotlight_stand_in" in json.loads(answer.body)
    assert () == api.loaded()
    assert 404 == api.invoke("a", b"{}", {}, 5).status
