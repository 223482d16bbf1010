"""Draws valid fleets."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from pilotlight.catalog.regions import partition_of
from pilotlight.spec import (
    AsyncAlarms,
    AsyncSpec,
    BacklogScaling,
    EndpointSpec,
    FleetSpec,
    ModelSpec,
    NetworkSpec,
    Notify,
)
from tests.spec.valid_at_once import multi_model_endpoints, realtime_endpoints
from tests.spec.valid_components import component_endpoints
from tests.spec.valid_containers import multi_container_endpoints, pipeline_endpoints
from tests.spec.valid_instances import files, instances, observed, pools
from tests.spec.valid_parts import ACCOUNT, deployments, durations, models, models_of_any_source, names, tags
from tests.spec.valid_serverless import serverless_endpoints
from tests.spec.valid_transforms import batch_transforms


@st.composite
def scalings(draw: st.DrawFn) -> BacklogScaling:
    """Draw a scaling whose ends are in order."""
    lowest = draw(st.integers(0, 5))
    return BacklogScaling(
        min_capacity=lowest,
        max_capacity=draw(st.integers(max(lowest, 1), 9)),
        target_per_instance=draw(st.floats(0.001, 1e6)),
        scale_in_cooldown=draw(durations(0, 3600)),
        scale_out_cooldown=draw(durations(0, 3600)),
        wake_cooldown=draw(durations(0, 3600)),
    )


alarms = st.builds(
    AsyncAlarms,
    backlog_age=st.none() | durations(1, 86400),
    expired_requests=st.none() | st.integers(1, 9),
    failures=st.none() | st.integers(1, 9),
    dead_letters=st.none() | st.integers(1, 9),
)
notifies = st.builds(
    Notify,
    status_table=st.booleans(),
    include_inference_response_in=st.sampled_from([(), ("success",), ("error", "success")]),
    retention=durations(1, 10**7),
)


@st.composite
def endpoints(draw: st.DrawFn) -> AsyncSpec:
    """Draw an asynchronous endpoint."""
    scaling = draw(scalings())
    instance_type = draw(st.sampled_from(["ml.m5.large", "ml.c5.xlarge", "ml.m5d.large"]))
    return AsyncSpec(
        model=draw(models_of_any_source()),
        instance_type=instance_type,
        instance_pools=draw(pools(instance_type, models())),
        **draw(files()),
        **draw(instances(instance_type)),
        **draw(st.fixed_dictionaries(observed)),
        scaling=scaling,
        initial_instance_count=draw(st.integers(1, scaling.max_capacity)),
        max_concurrent_invocations_per_instance=draw(st.none() | st.integers(1, 1000)),
        notify=draw(notifies),
        alarms=draw(alarms),
        deployment=draw(st.none() | deployments),
        tags=draw(tags),
    )


networks = st.one_of(
    st.just(NetworkSpec(create=True)),
    st.builds(
        NetworkSpec,
        vpc_id=st.just("vpc-0a1b2c3d"),
        subnet_ids=st.sampled_from([("subnet-0a1b2c3d",), ("subnet-0a1b2c3d", "subnet-1a1b2c3d")]),
        security_group_ids=st.sampled_from([(), ("sg-0a1b2c3d",)]),
    ),
)
KINDS: dict[str, st.SearchStrategy[Any]] = {
    "async": endpoints(),
    "batch-transform": batch_transforms(),
    "inference-components": component_endpoints(),
    "multi-container": multi_container_endpoints(),
    "multi-model": multi_model_endpoints(),
    "pipeline": pipeline_endpoints(),
    "realtime": realtime_endpoints(),
    "serverless": serverless_endpoints(),
}
"""Kind → what draws one of it: a further kind is added here, and all laws hold for it."""


def in_region(endpoint: EndpointSpec, region: str, network: NetworkSpec | None) -> EndpointSpec:
    """Take the images of an endpoint from where it can get at them: its region, or the fleet's network."""
    uri = f"{ACCOUNT}.dkr.ecr.{region}.{partition_of(region).dns_suffix}/ocr:1.4.2"
    package = f"arn:{partition_of(region).name}:sagemaker:{region}:{ACCOUNT}:model-package/ocr/3"

    def moved(model: ModelSpec, _: str | None) -> ModelSpec:
        places = {"image": uri, "model_package": package}
        if model.private_registry is not None and (network is None or network.create):
            return model.model_copy(update={"private_registry": None, "image": uri})
        return model.model_copy(update={key: at for key, at in places.items() if getattr(model, key)})

    return endpoint.with_models(moved)


@st.composite
def fleets(draw: st.DrawFn, kinds: st.SearchStrategy[Any] | None = None, most: int = 3) -> FleetSpec:
    """Draw a fleet, of endpoints of all kinds or of those that are given."""
    any_endpoint: Any = st.one_of(*KINDS.values()) if kinds is None else kinds
    region = draw(st.sampled_from(["us-east-1", "eu-west-1", "cn-north-1"]))
    network = draw(st.none() | networks)
    drawn = draw(st.dictionaries(names, any_endpoint, min_size=1, max_size=most))
    return FleetSpec(
        name=draw(names),
        region=region,
        account=draw(st.none() | st.just("012345678901")),
        stage=draw(st.none() | names),
        max_hourly_cost=draw(st.none() | st.integers(0, 10**9).map(lambda parts: Decimal(parts) / 10_000)),
        tags=draw(tags),
        network=network,
        endpoints={key: in_region(endpoint, region, network) for key, endpoint in drawn.items()},
    )
