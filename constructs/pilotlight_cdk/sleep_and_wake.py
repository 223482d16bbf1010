"""Makes an endpoint follow its backlog, fall asleep without one, and wake on the first request."""

from __future__ import annotations

from aws_cdk import CfnResource, Stack
from aws_cdk import aws_applicationautoscaling as autoscaling
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from pilotlight.catalog import metrics, scaling
from pilotlight.spec import BacklogScaling
from pilotlight_cdk.metric_of import tracked_metric
from pilotlight_cdk.scaling import Scaling
from pilotlight_cdk.waking import build_wake_alarm, build_wake_policy


class SleepAndWake(Scaling):
    """Scales an asynchronous endpoint between the capacities of a `BacklogScaling`.

    Target tracking follows the backlog per instance. It cannot be relied on at zero instances, so a minimum
    of zero always brings a second policy: an alarm on HasBacklogWithoutCapacity that adds one instance.
    The metric is 0 or 1, so one datapoint of a minute decides; a second would only make requests wait.

    Attributes:
        cfn_scalable_target: the endpoint's variant, as Application Auto Scaling sees it.
        cfn_tracking_policy: follows the backlog per instance.
        cfn_wake_policy: adds the first instance; None when the endpoint never sleeps.
        cfn_wake_alarm: sees requests that wait without an instance; None when the endpoint never sleeps.
    """

    def __init__(
        self, scope: Construct, id: str, *, endpoint_name: str, endpoint: CfnResource, spec: BacklogScaling
    ) -> None:
        super().__init__(scope, id)
        self._endpoint_name = endpoint_name
        self._spec = spec
        self.cfn_scalable_target = self._build_target()
        # the target names the endpoint by its literal name, so only this makes it wait for the endpoint
        self.cfn_scalable_target.add_resource_dependency(endpoint)
        self.cfn_tracking_policy = self._build_tracking_policy()
        self.cfn_wake_policy: autoscaling.CfnScalingPolicy | None = None
        self.cfn_wake_alarm: cloudwatch.CfnAlarm | None = None
        if spec.min_capacity == 0:
            self.cfn_wake_policy = build_wake_policy(
                self._scope,
                self._part("Wake"),
                target=self.cfn_scalable_target,
                cooldown=spec.wake_cooldown,
                aggregation="Average",
            )
            self.cfn_wake_alarm = build_wake_alarm(
                self._scope,
                self._part("WakeAlarm"),
                fact=metrics.HAS_BACKLOG_WITHOUT_CAPACITY,
                name=endpoint_name,
                policy=self.cfn_wake_policy,
                description=f"Wakes {endpoint_name}: requests wait and no instance runs",
            )

    def _build_target(self) -> autoscaling.CfnScalableTarget:
        stack = Stack.of(self._scope)
        return autoscaling.CfnScalableTarget(
            self._scope,
            self._part("Target"),
            service_namespace=scaling.SERVICE_NAMESPACE,
            scalable_dimension=scaling.SCALABLE_DIMENSION,
            resource_id=scaling.resource_id(self._endpoint_name),
            min_capacity=self._spec.min_capacity,
            max_capacity=self._spec.max_capacity,
            role_arn=scaling.service_linked_role_arn(stack.partition, stack.account),
        )

    def _build_tracking_policy(self) -> autoscaling.CfnScalingPolicy:
        metric = tracked_metric(metrics.APPROXIMATE_BACKLOG_SIZE_PER_INSTANCE, self._endpoint_name)
        return autoscaling.CfnScalingPolicy(
            self._scope,
            self._part("Tracking"),
            policy_name="backlog-per-instance",
            policy_type="TargetTrackingScaling",
            scaling_target_id=self.cfn_scalable_target.ref,
            target_tracking_scaling_policy_configuration=(
                autoscaling.CfnScalingPolicy.TargetTrackingScalingPolicyConfigurationProperty(
                    target_value=self._spec.target_per_instance,
                    scale_in_cooldown=round(self._spec.scale_in_cooldown.total_seconds()),
                    scale_out_cooldown=round(self._spec.scale_out_cooldown.total_seconds()),
                    customized_metric_specification=metric,
                )
            ),
        )
