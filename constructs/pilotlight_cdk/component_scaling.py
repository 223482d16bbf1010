"""Makes an inference component follow its requests, fall asleep without any, and wake on the next."""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import CfnResource
from aws_cdk import aws_applicationautoscaling as autoscaling
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from pilotlight.catalog import component_metrics as metrics
from pilotlight.catalog import scaling
from pilotlight.spec import AnyCopyScaling, CopyInvocationScaling, CopyScheduleScaling
from pilotlight_cdk.scalable_target import build_scalable_target
from pilotlight_cdk.scaling import Scaling
from pilotlight_cdk.tracking_policy import build_tracking_policy, predefined
from pilotlight_cdk.waking import build_wake_alarm, build_wake_policy


class ComponentScaling(Scaling):
    """Scales the copies of a component between its capacities.

    Target tracking divides by the copies, so it never leads out of zero. Where there may be none, a step
    policy comes with it always, and an alarm on NoCapacityInvocationFailures that runs it: one failed request
    in a minute is enough (AWS's sample waits for a second one).

    Args:
        component_name: the literal name.
        component: what has to exist first.
        spec: what to follow, and the bounds.

    Attributes:
        cfn_scalable_target: the component, as Application Auto Scaling sees it.
        cfn_tracking_policy: holds a metric near its target; None when only the clock decides.
        cfn_wake_policy: adds the first copy; None when the component never sleeps.
        cfn_wake_alarms: see requests that found no copy, under the component's name and those of its
            adapters.
    """

    def __init__(
        self, scope: Construct, id: str, *, component_name: str, component: CfnResource, spec: AnyCopyScaling
    ) -> None:
        super().__init__(scope, id)
        self._name, self._spec = component_name, spec
        self.cfn_scalable_target = build_scalable_target(
            self._scope,
            self._part("Target"),
            dimension=scaling.COPY_DIMENSION,
            resource_id=scaling.component_resource_id(component_name),
            bounds=spec,
            endpoint=component,
        )
        self.cfn_tracking_policy = self._build_tracking_policy()
        self.cfn_wake_policy: autoscaling.CfnScalingPolicy | None = None
        self.cfn_wake_alarms: Sequence[cloudwatch.CfnAlarm] = ()
        if spec.lowest == 0:
            self.cfn_wake_policy = build_wake_policy(
                self._scope,
                self._part("Wake"),
                target=self.cfn_scalable_target,
                cooldown=spec.wake_cooldown,
                aggregation="Maximum",
            )
            self.wake_for(component_name, id="WakeAlarm")

    def wake_for(self, name: str, *, id: str) -> None:
        """Wake the component also when a request for something of another name finds no copy.

        Args:
            name: of the component, or of one of its adapters.
            id: construct id of the alarm.
        """
        if self.cfn_wake_policy is not None:
            alarm = build_wake_alarm(
                self._scope,
                self._part(id),
                fact=metrics.NO_CAPACITY_INVOCATION_FAILURES,
                name=name,
                policy=self.cfn_wake_policy,
                description=f"Wakes {self._name}: a request for {name} found no copy",
            )
            self.cfn_wake_alarms = (*self.cfn_wake_alarms, alarm)

    def _build_tracking_policy(self) -> autoscaling.CfnScalingPolicy | None:
        spec = self._spec
        if isinstance(spec, CopyScheduleScaling):
            return None
        by_invocations = isinstance(spec, CopyInvocationScaling)
        fact = metrics.INVOCATIONS_PER_COPY if by_invocations else metrics.CONCURRENT_REQUESTS_PER_COPY
        return build_tracking_policy(
            self._scope,
            self._part("Tracking"),
            name=f"{spec.track}-per-copy",
            target=self.cfn_scalable_target,
            spec=spec,
            followed=predefined(fact, spec.target_per_copy),
        )
