"""A model that shares the instances of an endpoint, and an adapter of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from aws_cdk import aws_iam as iam
from aws_cdk.interfaces.aws_cloudwatch import IAlarmRef
from constructs import Construct

from pilotlight.catalog import actions
from pilotlight.spec import AdapterSpec, FleetRefused, InferenceComponentSpec, Refusal, build
from pilotlight_cdk.bound_container import BoundContainer
from pilotlight_cdk.child_of import child_of
from pilotlight_cdk.component_alarms import InferenceComponentAlarms
from pilotlight_cdk.component_metrics import ComponentMetrics
from pilotlight_cdk.component_name import literal_component_name, refuse_taken
from pilotlight_cdk.component_resource import build_adapter, build_component
from pilotlight_cdk.component_scaling import ComponentScaling
from pilotlight_cdk.construct_path import ConstructPath
from pilotlight_cdk.deployment_config import chosen_rollback_alarms
from pilotlight_cdk.location import Location
from pilotlight_cdk.model import Model
from pilotlight_cdk.model_artifact import ModelArtifact
from pilotlight_cdk.permission import allow

if TYPE_CHECKING:
    from pilotlight_cdk.inference_component_endpoint import InferenceComponentEndpoint

INVOKE: Final = (actions.INVOKE_ENDPOINT, actions.INVOKE_ENDPOINT_STREAM)
"""What callers do, each on the ARN of the endpoint and of the component (catalog: INVOKE_RESOURCES)."""


class InvokedComponent(ComponentMetrics, Construct):
    """What callers name as `InferenceComponentName`.

    Attributes:
        component_name: a literal, not a reference.
    """

    def __init__(self, scope: Construct, id: str, *, endpoint: InferenceComponentEndpoint, name: str) -> None:
        super().__init__(scope, id)
        self._endpoint = endpoint
        self.component_name = name

    @property
    def component_arn(self) -> str:
        """The ARN of the component, for policies."""
        return Location.of(self).arn("sagemaker", f"inference-component/{self.component_name}")

    def grant_invoke(self, grantee: iam.IGrantable) -> iam.Grant:
        """Let somebody invoke this component of the endpoint, and no other."""
        return allow(grantee, INVOKE, (self._endpoint.endpoint_arn, self.component_arn))


class AdapterComponent(InvokedComponent):
    """An adapter that the copies of a component load; `InferenceComponent.add_adapter` gives it.

    Attributes:
        spec: the keywords as data.
        cfn_component: comes after its base, and goes before it.
    """

    def __init__(
        self, scope: Construct, id: str, *, base: InferenceComponent, artifact: ModelArtifact
    ) -> None:
        endpoint = base.endpoint
        name = literal_component_name(scope, base.component_name, id)
        super().__init__(scope, id, endpoint=endpoint, name=name)
        bound = artifact.bind(self)
        self.spec = build(AdapterSpec, ConstructPath(self), source=bound.source)
        endpoint.hosting_role.permit(bound.permissions)
        self.cfn_component = build_adapter(
            self,
            "Resource",
            name=name,
            endpoint_name=endpoint.endpoint_name,
            base=base.component_name,
            artifact_uri=bound.uri,
        )
        self.cfn_component.node.add_dependency(base.cfn_component)


class InferenceComponent(InvokedComponent):
    """Copies of one model on the instances of an endpoint; `add_component` of that gives it.

    Attributes:
        spec: the keywords as data.
        endpoint: whose instances it shares.
        alarms: what tells people.
        scaling: of its copies; None when nothing scales it.
        cfn_component: comes after the endpoint, and goes before it.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        endpoint: InferenceComponentEndpoint,
        spec: InferenceComponentSpec,
        model: Model | None,
        container: BoundContainer | None,
        rollback_alarms: Sequence[IAlarmRef] | None,
    ) -> None:
        name = literal_component_name(scope, endpoint.endpoint_name, id)
        super().__init__(scope, id, endpoint=endpoint, name=name)
        self.endpoint, self._spec = endpoint, spec
        self._adapters: dict[str, AdapterComponent] = {}
        self.alarms = InferenceComponentAlarms(
            self,
            "Alarms",
            component=self,
            sleeps=spec.sleeps,
            alarm_topic=endpoint.alarm_topic,
            alarms=endpoint.hosting.alarms,
        )
        where = f"{endpoint.node.path}.{id}"
        _refuse_alone(where, rollback_alarms, spec)
        takes_back = chosen_rollback_alarms(
            where, rollback_alarms, [self.alarms.server_errors], spec.deployment
        )
        endpoint.let_run(name, model, takes_back)
        self.cfn_component = build_component(
            self,
            "Resource",
            name=name,
            endpoint_name=endpoint.endpoint_name,
            spec=spec,
            model_name=None if model is None else model.model_name,
            container=container,
            rollback_alarms=takes_back,
        )
        # both name the endpoint by its literal name, so only this makes them come after it and go before it
        self.cfn_component.node.add_dependency(endpoint.cfn_endpoint)
        self.scaling = self._build_scaling()

    @property
    def spec(self) -> InferenceComponentSpec:
        """The keywords as data, with the adapters so far."""
        adapters = {name: each.spec for name, each in self._adapters.items()}
        return self._spec.model_copy(update={"adapters": adapters})

    @property
    def adapters(self) -> Mapping[str, AdapterComponent]:
        """The adapters by name."""
        return dict(self._adapters)

    def add_adapter(self, name: str, *, artifact: ModelArtifact) -> AdapterComponent:
        """Add an adapter: it is invoked by its own name and served by the copies of this component.

        Args:
            name: ends the name of the adapter's component.
            artifact: its files, as a directory or a tarball.

        Raises FleetRefused when it cannot be one of the endpoint's.
        """
        refuse_taken(self, name, self._adapters)
        adapter = AdapterComponent(child_of(self, "Adapters"), name, base=self, artifact=artifact)
        self._adapters[name] = adapter
        self.endpoint.check()
        self.endpoint.let_invoke(adapter)
        if self.scaling is not None:  # AWS does not say whose failures these requests count as
            self.scaling.wake_for(adapter.component_name, id=f"WakeAlarmOf-{name}")
        return adapter

    def _build_scaling(self) -> ComponentScaling | None:
        if self._spec.scaling is None:
            return None
        return ComponentScaling(
            self,
            "Scaling",
            component_name=self.component_name,
            component=self.cfn_component,
            spec=self._spec.scaling,
        )


def _refuse_alone(
    where: object, rollback_alarms: Sequence[IAlarmRef] | None, spec: InferenceComponentSpec
) -> None:
    """Raise FleetRefused when alarms stand alone (botocore 1.44.5, InferenceComponentDeploymentConfig)."""
    if rollback_alarms and spec.deployment is None:
        what = "a component takes alarms with a way of updating only"
        got, allowed = f"{len(rollback_alarms)} alarms", "a deployment beside them"
        raise FleetRefused((Refusal("", None, f"{where}.rollback_alarms", what, got, allowed),))
