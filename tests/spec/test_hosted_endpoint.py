"""What every kind of endpoint says about its models, so that nobody else has to know the kinds."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pilotlight.spec import (
    FleetRefused,
    FleetSpec,
    ModelSpec,
    RealtimeSpec,
    cost_refusals,
    load_fleet,
    resolved,
)
from pilotlight.spec.endpoint import KINDS
from pilotlight.spec.hosted_endpoint import Hosted, HostedEndpoint
from pilotlight.spec.parts import part_at, with_part

ONE = ModelSpec(framework="scikit-learn", version="1.4-2", source="s3://models/one/")
TWO = ModelSpec(framework="xgboost", version="1.7-1", source="s3://models/two/")
BESIDE = {"model": TWO, "instance_type": "ml.c5.xlarge"}
ENDPOINT = RealtimeSpec.model_validate(
    {"model": ONE, "instance_type": "ml.m5.large", "variants": {"beside": BESIDE}}
)


def test_every_kind_is_a_hosted_endpoint() -> None:
    """What looks at endpoints of any kind looks at the base of all of them."""
    assert all(issubclass(kind, HostedEndpoint) for kind in KINDS)


def test_a_model_is_where_its_path_says() -> None:
    """The path is that of the fleet file, so a refusal can blame the right key."""
    assert ENDPOINT.hosted == (
        Hosted(("model",), ONE, "ml.m5.large"),
        Hosted(("variants", "beside", "model"), TWO, "ml.c5.xlarge"),
    )
    assert [part_at(ENDPOINT, each.path) for each in ENDPOINT.hosted] == [ONE, TWO]


def test_every_model_is_changed_with_its_own_instance_type() -> None:
    """And nothing else is; the endpoint itself stays as it was."""
    seen: list[tuple[ModelSpec, str | None]] = []

    def swap(model: ModelSpec, instance_type: str | None) -> ModelSpec:
        seen.append((model, instance_type))
        return TWO if model == ONE else ONE

    changed = ENDPOINT.with_models(swap)

    assert seen == [(ONE, "ml.m5.large"), (TWO, "ml.c5.xlarge")]
    assert (changed.model, changed.variants["beside"].model) == (TWO, ONE)
    assert (ENDPOINT.model, ENDPOINT.variants["beside"].model) == (ONE, TWO)
    assert changed.with_models(swap) == ENDPOINT


def test_a_part_is_replaced_wherever_it_is() -> None:
    """In a spec, in a mapping, in a list."""
    whole: Any = {"pools": (ENDPOINT, {"deep": 1})}

    assert with_part(whole, ("pools", 1, "deep"), 2) == {"pools": (ENDPOINT, {"deep": 2})}
    assert with_part(whole, ("pools", 0, "weight"), 3.0)["pools"][0].weight == 3.0
    assert with_part(whole, (), 7) == 7


def test_the_images_of_all_models_are_resolved() -> None:
    """A framework becomes the image for the instance type of its own variant."""
    fleet = resolved(FleetSpec(name="shop", endpoints={"sort": ENDPOINT}))
    images = [each.model.image for each in fleet.endpoints["sort"].hosted]

    assert all(image is not None and ".dkr.ecr.us-east-1." in image for image in images)
    assert "xgboost" in str(images[1])


def test_an_unknown_price_is_blamed_on_the_variant_that_has_it() -> None:
    """A reader is sent to the type that is the reason."""
    endpoint = with_part(ENDPOINT, ("variants", "beside", "instance_type"), "ml.p6-b200.48xlarge")
    (refusal,) = cost_refusals(
        FleetSpec(name="shop", max_hourly_cost=Decimal(9), endpoints={"sort": endpoint})
    )

    assert refusal.path == "endpoints.sort.variants.beside.instance_type"


def test_fails_for_a_missing_directory_of_any_model(tmp_path: Path) -> None:
    """Wherever a file says a model, and whatever else is wrong with it."""
    (tmp_path / "fleet.yaml").write_text(
        "name: shop\n"
        "endpoints:\n"
        "  model:\n"
        "    kind: realtime\n"
        "    model: {framework: scikit-learn, version: 1.4-2, source: gone}\n"
        "    instance_type: ml.m5.large\n"
        "    variants:\n"
        "      model:\n"
        "        model: {framework: scikit-learn, version: 1.4-2, source: gone/too}\n"
        "        instance_type: ml.m5.large\n"
    )

    with pytest.raises(FleetRefused) as refused:
        load_fleet(tmp_path / "fleet.yaml")

    assert [(each.line, each.path, each.what) for each in refused.value.refusals] == [
        (5, "endpoints.model.model.source", "no such directory"),
        (9, "endpoints.model.variants.model.model.source", "no such directory"),
    ]
