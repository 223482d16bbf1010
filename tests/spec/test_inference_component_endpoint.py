"""Endpoints of inference components in a fleet file: what they share, and what cannot work together."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pilotlight.catalog.schedulable import REFUSED_MIB, schedulable_memory_mib
from pilotlight.spec import (
    FleetRefused,
    FleetSpec,
    InferenceComponentEndpointSpec,
    JumpStartLock,
    build,
    fleet_yaml,
    hourly_cost,
    load_fleet,
    resolved,
    with_locked_models,
)
from tests.spec.single_faults import VALID_COMPONENTS
from tests.spec.smallest_endpoints import IN_ECR
from tests.spec.test_jumpstart_lock import LOCK

Components = dict[str, dict[str, Any]]

LLM = {"image": IN_ECR, "source": "s3://models/llm.tar.gz"}
TO_ZERO = {"track": "concurrency", "min_capacity": 0, "max_capacity": 2, "target_per_copy": 4}


def lab(
    *, components: dict[str, dict[str, Any]] | None = None, **said: Any
) -> InferenceComponentEndpointSpec:
    """An endpoint of one component that says no more than it must, and this."""
    given = {"writer": {}} if components is None else components
    full = {name: {"model": LLM, **each} for name, each in given.items()}
    return build(
        InferenceComponentEndpointSpec, **{"instance_type": "ml.g5.12xlarge", "components": full, **said}
    )


def refused(**said: Any) -> dict[str, str]:
    """What is wrong with an endpoint, by path."""
    with pytest.raises(FleetRefused) as error:
        lab(**said)
    return {each.path: each.what for each in error.value.refusals}


def test_it_asks_for_no_more_than_a_type_and_a_model() -> None:
    """One copy with a reservation that fits on every type, and as many instances as at first."""
    spec = lab()
    writer = spec.components["writer"]

    assert (1, 1024, None, "model") == (writer.copies, writer.memory, writer.scaling, writer.deployed_as)
    assert not writer.sleeps


def test_instances_and_components_go_to_zero_together() -> None:
    """One component that always has a copy keeps the instances, whatever the others do."""
    scaling = {"min_instance_count": 0, "max_instance_count": 2}
    spec = lab(scaling=scaling, components={"writer": {"scaling": TO_ZERO}})
    (capacity,) = spec.capacities

    assert spec.components["writer"].sleeps
    assert (1, 0, 2) == (capacity.initial, capacity.minimum, capacity.maximum)
    assert {"components.tagger.scaling": "would keep the instances, and min_instance_count is 0"} == refused(
        scaling=scaling, components={"writer": {"scaling": TO_ZERO}, "tagger": {}}
    )


def test_components_may_sleep_on_instances_that_stay() -> None:
    """Then they wake sooner, and the instances are paid for."""
    spec = lab(components={"writer": {"scaling": TO_ZERO}})

    assert 1 == spec.capacities[0].minimum


def test_a_schedule_can_send_it_to_sleep() -> None:
    """The fewest copies are those of any time."""
    night = {"at": "cron(0 20 * * ? *)", "min_capacity": 0, "max_capacity": 0}
    scaling = {"track": "schedule", "min_capacity": 1, "max_capacity": 2, "schedule": [night]}
    spec = lab(components={"writer": {"scaling": scaling}})

    assert spec.components["writer"].sleeps


def test_what_no_instance_can_hold_is_refused_for_each_component() -> None:
    """All faults at once: more accelerators, cores and memory than the type has."""
    small, large = {"accelerators": 4}, {"accelerators": 5, "cores": 49, "memory": 150 * 1024}

    assert {
        "components.writer.accelerators": "more accelerators than ml.g5.12xlarge has",
        "components.writer.cores": "more cores than ml.g5.12xlarge has",
        "components.writer.memory": "more schedulable memory than ml.g5.12xlarge has",
    } == refused(components={"tagger": small, "writer": large})


def test_what_an_instance_refused_once_is_refused_here() -> None:
    """The one type that somebody measured: 16 GiB, and 4096 MB were too many."""
    assert schedulable_memory_mib("ml.g5.xlarge") == REFUSED_MIB["ml.g5.xlarge"] - 1
    assert ["components.writer.memory"] == [
        *refused(instance_type="ml.g5.xlarge", components={"writer": {"memory": 4096}})
    ]
    assert lab(instance_type="ml.g5.xlarge", components={"writer": {"memory": 1024}})


def test_whoever_knows_better_says_what_can_be_reserved() -> None:
    """Three quarters of the memory is a guess, and a guess can be overruled."""
    assert 48 * 4096 * 3 / 4 == schedulable_memory_mib("ml.g5.12xlarge")
    assert lab(schedulable_memory=180 * 1024, components={"writer": {"memory": 150 * 1024}})


def test_nobody_is_refused_for_what_nobody_published() -> None:
    """The sizes of ml.inf2 are in none of our sources."""
    assert lab(instance_type="ml.inf2.xlarge", components={"writer": {"accelerators": 9, "memory": 999999}})


def test_the_first_copies_have_to_fit_together() -> None:
    """Each fits alone; the most instances that there may be do not hold all of them."""
    three = {"accelerators": 3, "copies": 2}

    assert {"components": "more accelerators together than 1 ml.g5.12xlarge have"} == refused(
        components={"writer": three}
    )
    assert lab(scaling={"max_instance_count": 2}, components={"writer": three})


def test_all_containers_are_isolated_or_none() -> None:
    """SageMaker has one switch for an endpoint."""
    open_model = {"model": LLM | {"network_isolation": False}}
    spec = lab(components={"writer": open_model})

    assert not spec.network_isolation
    assert {"components.tagger.model.network_isolation": "not as the components above it"} == refused(
        components={"writer": {}, "tagger": open_model}
    )


@pytest.mark.parametrize(
    ("model", "path"),
    [
        ({"source": "s3://models/llm/"}, "source"),
        ({"accept_eula": True, "source": "s3://models/llm/"}, "accept_eula"),
        ({"environment": {f"V{number}": "1" for number in range(17)}}, "environment"),
        ({"environment": {"V": "1"}}, "environment.V"),
    ],
)
def test_a_component_without_a_model_holds_less(model: dict[str, Any], path: str) -> None:
    """An image, one tarball, sixteen variables; a SageMaker model holds the rest."""
    component = {"model": LLM | model}

    assert lab(components={"writer": component})
    assert [f"components.writer.model.{path}"] == [
        *refused(components={"writer": component | {"deployed_as": "container"}})
    ]


def test_the_variables_that_run_a_script_count_too() -> None:
    """They are in the template, so SageMaker counts them."""
    variables = {f"V{number}": "1" for number in range(15)}
    model = {
        "framework": "pytorch",
        "version": "2.6",
        "source": "s3://models/x.tar.gz",
        "environment": variables,
    }
    component = {"model": model, "deployed_as": "container"}

    assert ["components.writer.model.environment"] == [*refused(components={"writer": component})]


def test_an_image_is_built_for_the_instances_that_all_share() -> None:
    """The fault is the framework's here, as others run on the type."""
    cpu_only = {"model": {"framework": "scikit-learn", "version": "1.4-2"}}

    assert {
        "components.tagger.model.framework": "scikit-learn 1.4-2 has no image for gpu instances"
    } == refused(components={"writer": {}, "tagger": cpu_only})


def test_images_of_components_are_resolved() -> None:
    """The framework becomes an image of the region, for the type that all share."""
    component = {"model": {"framework": "pytorch", "version": "2.6", "source": "s3://models/x.tar.gz"}}
    fleet = resolved(FleetSpec(name="a", endpoints={"lab": lab(components={"writer": component})}))
    (hosted,) = fleet.endpoints["lab"].hosted

    assert "-gpu-" in str(hosted.model.image)
    assert resolved(fleet) == fleet


def test_instances_are_priced_once() -> None:
    """Components share them."""
    scaling = {"min_instance_count": 0, "max_instance_count": 2}
    two = {"writer": {"scaling": TO_ZERO}, "tagger": {"scaling": TO_ZERO}}
    cost = hourly_cost(FleetSpec(name="a", endpoints={"lab": lab(scaling=scaling, components=two)}))

    assert ("7.09", "0", "14.18") == (str(cost.initial), str(cost.minimum), str(cost.maximum))


def test_it_reads_back_as_it_was_written(tmp_path: Path) -> None:
    """YAML in, YAML out, the same fleet."""
    fleet = FleetSpec.model_validate(VALID_COMPONENTS)
    (tmp_path / "fleet.yaml").write_text(fleet_yaml(fleet))

    assert fleet == load_fleet(tmp_path / "fleet.yaml")


def test_no_two_components_of_a_fleet_have_one_name() -> None:
    """Endpoint and component are joined by a dash, which both may have in them."""
    endpoints = {"a": lab(components={"b-c": {}}), "a-b": lab(components={"c": {}})}
    with pytest.raises(FleetRefused) as error:
        build(FleetSpec, name="fleet", endpoints=endpoints)

    assert {"endpoints.a-b.components.c": "has the name of a component of a"} == {
        each.path: each.what for each in error.value.refusals
    }


def test_a_component_gets_the_time_that_its_jumpstart_model_takes() -> None:
    """Its start-up limits are its own, so the lock's go to the component."""
    model = {"jumpstart": "llm", "accept_eula": True}
    fleet = FleetSpec(name="a", endpoints={"lab": lab(components={"writer": {"model": model}})})
    locked = with_locked_models(fleet, JumpStartLock.model_validate_json(json.dumps(LOCK)))
    endpoint = locked.endpoints["lab"]

    assert isinstance(endpoint, InferenceComponentEndpointSpec)
    assert timedelta(hours=1) == endpoint.components["writer"].model_data_download_timeout
    assert "s3://weights/llm/v1/" == endpoint.components["writer"].model.source
