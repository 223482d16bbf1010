"""One running multi-container endpoint: each request names the container that answers it."""

from __future__ import annotations

from collections.abc import Mapping

from pilotlight.hosting.container_metrics import container_metrics
from pilotlight.hosting.invocation_target import TargetRules
from pilotlight.hosting.micros import Micros
from pilotlight.hosting.real_time_metrics import Outcome
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.local.endpoint.direct_call import Routed
from pilotlight.local.endpoint.direct_invocation import DirectInvocation
from pilotlight.local.endpoint.forwarded_call import ForwardedCall, Told
from pilotlight.local.endpoint.real_time_runtime import RealTimeRuntime


class MultiContainerRuntime(RealTimeRuntime):
    """Makes direct invocation true: a real-time endpoint with several containers on each instance."""

    @classmethod
    def hosts(cls, config: EndpointConfigRecord, models: Mapping[str, ModelRecord]) -> bool:
        """Where the containers of a model are invoked directly."""
        return any(models[name].invoked_directly for name in config.model_names)

    def _target_rules(self) -> TargetRules:
        serving = self._rollout.config
        models = () if serving is None else serving.model_names
        named = [set(self._models[name].hostnames) for name in models if name in self._models]
        return TargetRules(containers=frozenset(set[str]().union(*named)))

    def _call(
        self, request: DirectInvocation, routed: Routed, *, received: Micros, told: Told
    ) -> ForwardedCall:
        hostname = _container_of(request, routed)
        return ForwardedCall(
            request, routed, clock=self._clock, received=received, told=told, hostname=hostname
        )

    def _measure(self, outcome: Outcome, routed: Routed, request: DirectInvocation) -> None:
        super()._measure(outcome, routed, request)
        hostname = _container_of(request, routed)
        self._measurements.put(container_metrics(outcome), routed.variant, container=hostname)


def _container_of(request: DirectInvocation, routed: Routed) -> str:
    """The container that was named; a variant without it, beside one that has it, answers by its first."""
    named = str(request.target_container)
    return named if named in routed.containers else next(iter(routed.containers))
