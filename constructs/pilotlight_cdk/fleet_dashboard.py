"""One page that shows how all endpoints of a fleet are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from pilotlight.catalog.component_metrics import COMPONENT
from pilotlight.catalog.containers import CONTAINER
from pilotlight.catalog.instance_types import processor_of
from pilotlight.catalog.metrics import INSTANCE_NAMESPACE, OF_GPUS, STATES_NAMESPACE, VARIANT, MetricFact
from pilotlight.catalog.multi_model import MODEL_CACHE_HIT
from pilotlight.catalog.naming import VARIANT_NAME, component_name
from pilotlight.catalog.published import published_by
from pilotlight.catalog.serverless import OF_PROVISIONED
from pilotlight.spec import EndpointSpec
from pilotlight.spec.capacity import Capacity
from pilotlight.spec.containers_on_instances import ContainersOnInstances
from pilotlight_cdk.metric_of import metric_of
from pilotlight_cdk.named_endpoint import NamedEndpoint
from pilotlight_cdk.warm_up import WarmUp

WIDTH: Final = 8
HEIGHT: Final = 6
"""In CloudWatch's grid of 24 columns: three graphs beside each other."""

TROUBLE: Final = ("Error", "Failure", "Expired")
"""Words in the names of metrics that should stay at zero."""

TIMES: Final = {"Microseconds": "Latency, µs", "Milliseconds": "Times, ms", "Seconds": "Ages, s"}


class FleetDashboard(Construct):
    """Graphs of the metrics that AWS publishes for each kind of endpoint, and of no others.

    The endpoints may live in other stacks: they are named by literals, so that none of them holds this one.

    Args:
        dashboard_name: as CloudWatch lists it; unique in the account and region.
        endpoints: by the headings they get.
        warm_ups: by the same headings. Default: nothing is kept warm.

    Attributes:
        dashboard: add further widgets to it.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        dashboard_name: str,
        endpoints: Mapping[str, NamedEndpoint],
        warm_ups: Mapping[str, WarmUp] | None = None,
    ) -> None:
        super().__init__(scope, id)
        self.dashboard = cloudwatch.Dashboard(self, "Resource", dashboard_name=dashboard_name)
        kept_warm = {} if warm_ups is None else warm_ups
        for heading, endpoint in endpoints.items():
            self.dashboard.add_widgets(_heading(heading, endpoint))
            panels = [*_panels(endpoint)]
            if heading in kept_warm:
                panels.append(_warmed(kept_warm[heading]))
            for start in range(0, len(panels), 3):
                self.dashboard.add_widgets(*panels[start : start + 3])


def _heading(heading: str, endpoint: NamedEndpoint) -> cloudwatch.TextWidget:
    spec, name = endpoint.spec, endpoint.endpoint_name
    runs_on = ", ".join(dict.fromkeys(each.instance_type for each in spec.capacities)) or "no instances"
    text = f"## {heading}\n`{name}`: {spec.kind}, {runs_on}"  # a batch transform is no endpoint
    return cloudwatch.TextWidget(markdown=text, width=3 * WIDTH, height=2)


def _panels(endpoint: NamedEndpoint) -> Iterator[cloudwatch.GraphWidget]:
    facts = sorted(published_by(endpoint.spec.kind), key=_title)
    for title, alike in groupby(facts, _title):
        yield _graph(title, [each for fact in alike for each in _metrics(fact, endpoint)])


def _title(fact: MetricFact) -> str:
    """The graph a metric belongs to: what is in one graph has one unit."""
    if any(word in fact.name for word in TROUBLE):
        return "Errors"
    if fact.unit == "Percent":
        return "Use of the hardware, %, summed over cores or GPUs"
    if fact.name.endswith("Utilization"):
        return "Use of the concurrency, 1 is all of it"
    if fact == MODEL_CACHE_HIT:
        return "Requests that found their model loaded, 1 is all of them"
    if fact.unit in TIMES:
        return TIMES[fact.unit]
    counted = {INSTANCE_NAMESPACE: "Models in memory", STATES_NAMESPACE: "Executions"}
    return counted.get(fact.namespace, "Requests")


def _metrics(fact: MetricFact, endpoint: NamedEndpoint) -> Iterator[cloudwatch.Metric]:
    if fact.dimensions == COMPONENT:
        for _, suffix in endpoint.spec.suffixes:
            name = component_name(endpoint.endpoint_name, suffix)
            yield metric_of(fact, name, label=f"{fact.name} of {suffix}")
        return
    if fact.dimensions == CONTAINER:
        for name in _containers(endpoint.spec):
            yield metric_of(fact, endpoint.endpoint_name, container=name, label=f"{fact.name} of {name}")
        return
    several = fact.dimensions == VARIANT and len(endpoint.spec.capacities) > 1
    for variant in _variants(fact, endpoint.spec) if fact.dimensions == VARIANT else (VARIANT_NAME,):
        label = f"{fact.name} of {variant}" if several else fact.name
        yield metric_of(fact, endpoint.endpoint_name, variant, label=label)


def _variants(fact: MetricFact, spec: EndpointSpec) -> Sequence[str]:
    """Name the variants that publish a metric: one about GPUs needs some, and so with the rest."""
    if not spec.capacities:
        kept = getattr(spec, "provisioned_concurrency", None)
        return [] if fact in OF_PROVISIONED and kept is None else [VARIANT_NAME]
    hosting = (each for each in spec.capacities if fact not in OF_GPUS or _has_gpu(each))
    return [each.variant or VARIANT_NAME for each in hosting]


def _has_gpu(capacity: Capacity) -> bool:
    return any(processor_of(each) == "gpu" for each in (capacity.instance_type, *capacity.others))


def _containers(spec: EndpointSpec) -> Sequence[str]:
    return [*spec.named] if isinstance(spec, ContainersOnInstances) else []


def _warmed(warm_up: WarmUp) -> cloudwatch.GraphWidget:
    counts = (warm_up.metric_models_loaded(), warm_up.metric_models_failed(), warm_up.metric_models_skipped())
    return _graph("Warm-up, models", counts)


def _graph(title: str, metrics: Sequence[cloudwatch.IMetric]) -> cloudwatch.GraphWidget:
    return cloudwatch.GraphWidget(title=title, left=[*metrics], width=WIDTH, height=HEIGHT)
