"""What people look at, and what keeps models warm: beside the endpoints, not part of them."""

from __future__ import annotations

from aws_cdk import CfnOutput, Stack
from constructs import Construct

from pilotlight.catalog import naming
from pilotlight.spec import EndpointSpec, FleetSpec, RealtimeSpec, WarmUpSpec
from pilotlight_cdk import EndpointByName, FleetDashboard, ModelStore, WarmUp
from stacks.foundation import FoundationStack
from stacks.identity import environment_of, tags_of, title_of
from stacks.shared import Shared


class OperationsStack(Stack):
    """The dashboard of a fleet, and the warm-up of its endpoints; all of them are named by literals.

    It can be deployed before or after the endpoints, and destroyed without touching one. It tells the
    fleet's alarm topic, as the alarms in the endpoints' stacks do.
    """

    def __init__(self, scope: Construct, *, fleet: FleetSpec, foundation: FoundationStack) -> None:
        super().__init__(
            scope,
            naming.stack_name(fleet.name, naming.OPERATIONS_KEY, fleet.stage),
            env=environment_of(fleet),
            description=f"Pilotlight fleet {title_of(fleet)}: dashboard and warm-up",
            tags=tags_of(fleet),
        )
        self._fleet = fleet
        endpoints = {key: self._named(key, spec) for key, spec in fleet.endpoints.items()}
        wanted = {key: terms for key, spec in fleet.endpoints.items() if (terms := _terms(spec)) is not None}
        shared = Shared.seen_from(self, foundation) if wanted else None
        warm_ups = {
            key: self._warm_up(key, endpoints[key], terms, shared)
            for key, terms in wanted.items()
            if shared is not None
        }
        name = naming.stack_name(fleet.name, naming.OPERATIONS_KEY, fleet.stage)
        FleetDashboard(self, "Dashboard", dashboard_name=name, endpoints=endpoints, warm_ups=warm_ups)
        CfnOutput(self, "DashboardName", value=name, description="Look here first")

    def _named(self, key: str, spec: EndpointSpec) -> EndpointByName:
        return EndpointByName(naming.endpoint_name(self._fleet.name, key, self._fleet.stage), spec)

    def _warm_up(self, key: str, endpoint: EndpointByName, terms: WarmUpSpec, shared: Shared) -> WarmUp:
        single = isinstance(endpoint.spec, RealtimeSpec)
        warm_up = WarmUp(
            self,
            f"WarmUp-{key}",
            endpoint=endpoint,
            models=None if single else _models(key, shared),
            terms=terms,
            encryption_key=shared.encryption_key,
            alarm_topic=shared.alarm_topic,
        )
        CfnOutput(
            self,
            f"WarmUp-{key}-Function",
            value=warm_up.function.function_name,
            description=f"Invoke this to warm {key} now",
        )
        return warm_up


def _models(key: str, shared: Shared) -> ModelStore:
    return ModelStore(shared.bucket, naming.models_prefix(key), shared.encryption_key)


def _terms(spec: EndpointSpec) -> WarmUpSpec | None:
    return getattr(spec, "warm_up", None)
