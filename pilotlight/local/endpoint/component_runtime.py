"""One running endpoint of inference components: each request names the component that answers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pilotlight.hosting.component import CopyTiming
from pilotlight.hosting.component_metrics import component_outcome_metrics
from pilotlight.hosting.component_placement import EMPTY_INSTANCE
from pilotlight.hosting.instance import InstanceId, LaunchTiming
from pilotlight.hosting.invocation_target import TargetRules
from pilotlight.hosting.real_time_metrics import Outcome
from pilotlight.local.containers.container import Container
from pilotlight.local.control_plane.deployed_component import DeployedComponent
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.control_plane.endpoint_description import EndpointDescription
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.local.endpoint.answering_runtime import AnsweringRuntime
from pilotlight.local.endpoint.component_line import ComponentLine
from pilotlight.local.endpoint.component_variant import ComponentPlace
from pilotlight.local.endpoint.direct_call import Routed
from pilotlight.local.endpoint.direct_invocation import DirectInvocation
from pilotlight.local.endpoint.fleet import Fleet, FleetPlace


class ComponentRuntime(AnsweringRuntime[ComponentLine]):
    """Makes components true: copies on shared instances, instances that come and go with them."""

    @classmethod
    def hosts(cls, config: EndpointConfigRecord, models: Mapping[str, ModelRecord]) -> bool:  # noqa: ARG003 - there are none
        """Where the variants name no model."""
        return config.hosts_components

    def put_component(self, component: DeployedComponent) -> None:
        """Begin to make an inference component, or to replace its copies."""
        self._driver.call(lambda: self._line.put(component))

    def set_copies(self, component: str, count: int) -> None:
        """Begin to bring a component to another number of copies."""
        self._driver.call(lambda: self._line.set_copies(component, count))

    def remove_component(self, component: str) -> None:
        """Begin to end all copies of a component."""
        self._driver.call(lambda: self._line.remove(component))

    def set_desired_instance_count(self, variant: str, count: int) -> None:
        """Begin to bring a variant to another number of instances."""

        def change() -> None:
            self._line.counted(variant, count)
            self._rollout.set_desired(variant, count)

        self._driver.call(change)

    def _containers_on(self, fleet: Fleet, instance: InstanceId) -> Sequence[Container]:  # noqa: ARG002 - copies belong to no fleet
        return self._line.containers_on(instance)

    @property
    def _instance_timing(self) -> LaunchTiming:
        """Instances come empty; what the copies load takes its time afterwards."""
        timing = self._around.timing
        return EMPTY_INSTANCE if timing == LaunchTiming() else timing

    def _make_line(self) -> ComponentLine:
        around, timing = self._around, self._around.timing
        fleets = FleetPlace(self._name, around.clock, around.containers, timing, self._driver.post)
        return ComponentLine(
            ComponentPlace(
                fleets,
                self._measurements,
                around.random,
                CopyTiming(image_pull=timing.image_pull, model_download=timing.model_download),
                scale=self._scale,
                is_settled=self._is_settled,
            )
        )

    def _scale(self, variant: str, count: int) -> None:
        self._rollout.set_desired(variant, count)

    def _is_settled(self, variant: str) -> bool:
        return self._rollout.is_settled(variant)

    def _serves(self, config: EndpointConfigRecord) -> None:
        self._line.serve(config.variants)
        for variant in config.variants:
            self._line.counted(variant.name, self._rollout.desired(variant.name))

    def _target_rules(self) -> TargetRules:
        return TargetRules(components=frozenset(each.name for each in self._description.components))

    def _measure(self, outcome: Outcome, routed: Routed, request: DirectInvocation) -> None:
        measured, named = component_outcome_metrics(outcome), str(request.component)
        self._measurements.put(measured, routed.variant, component=named)

    def _changed(self) -> EndpointDescription | None:
        has_moved = self._line.take_change()
        described = super()._changed()
        if described is None and not has_moved:
            return None
        return replace(
            self._rollout.describe(), components=self._line.described(), containers=self._line.containers()
        )

    def _end(self) -> None:
        super()._end()
        self._line.end_all()
