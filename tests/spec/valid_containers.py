"""Draws valid endpoints of several containers: side by side, and in a row."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from pilotlight.spec import (
    ContainerSpec,
    DataCapture,
    ModelSpec,
    MultiContainerSpec,
    PipelineSpec,
    RealtimeAlarms,
    StepSpec,
)
from tests.spec.valid_at_once import HARDWARE, realtime_alarms, realtime_scalings, routings
from tests.spec.valid_instances import files, instances
from tests.spec.valid_parts import deployments, models, tags

container_names = st.from_regex("[A-Za-z0-9](-?[A-Za-z0-9]){0,5}", fullmatch=True)


@st.composite
def named_models(draw: st.DrawFn) -> dict[str, ModelSpec]:
    """Draw models with names; all of them have a network, or none has."""
    isolated = draw(st.booleans())
    drawn = draw(st.dictionaries(container_names, models(), min_size=2, max_size=4))
    return {
        name: ModelSpec.model_validate({**dict(each), "network_isolation": isolated})
        for name, each in drawn.items()
    }


@st.composite
def on_instances(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what both kinds say beside their containers."""
    instance_type = draw(st.sampled_from([*HARDWARE][:2]))
    return {
        **draw(routings),
        "instance_type": instance_type,
        "scaling": draw(st.none() | realtime_scalings(*HARDWARE[instance_type])),
        "initial_instance_count": draw(st.integers(2, 3)),
        "data_capture": draw(st.none() | st.builds(DataCapture, sampling_percent=st.integers(0, 100))),
        "alarms": draw(st.builds(RealtimeAlarms, **realtime_alarms)),
        "deployment": draw(st.none() | deployments),
        **draw(instances(instance_type)),
        **draw(files()),
        "tags": draw(tags),
    }


@st.composite
def multi_container_endpoints(draw: st.DrawFn) -> MultiContainerSpec:
    """Draw an endpoint of containers side by side."""
    containers = {name: ContainerSpec(model=model) for name, model in draw(named_models()).items()}
    return MultiContainerSpec(containers=containers, **draw(on_instances()))


@st.composite
def pipeline_endpoints(draw: st.DrawFn) -> PipelineSpec:
    """Draw an endpoint of containers in a row."""
    steps = tuple(StepSpec(name=name, model=model) for name, model in draw(named_models()).items())
    return PipelineSpec(containers=steps, **draw(on_instances()))
