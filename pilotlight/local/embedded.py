"""SageMaker and Application Auto Scaling of all regions: made when first asked for, ended together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from threading import Lock
from typing import Any, Protocol

from pilotlight.local.aws import Aws
from pilotlight.local.clock import ScaledClock
from pilotlight.local.control_plane import cloudformation as sagemaker_types
from pilotlight.local.control_plane.control_plane import ControlPlane
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.local.control_plane.place import Place
from pilotlight.local.control_plane.runtime import Runtime
from pilotlight.local.control_plane.scaled_resources import ScaledResources
from pilotlight.local.control_plane.service import SageMakerService
from pilotlight.local.emulator.api_request import Service
from pilotlight.local.emulator.json_service import JsonService
from pilotlight.local.emulator.resource_type import ResourceType
from pilotlight.local.logged_metrics import metrics_in
from pilotlight.local.metric_sink import MetricSink
from pilotlight.local.recurring import Recurring
from pilotlight.local.scaling import cloudformation as scaling_types
from pilotlight.local.scaling.autoscaling import AutoScaling
from pilotlight.local.scaling.engine import ScalingEngine
from pilotlight.local.scaling.metric_forwarder import SEND_EVERY_S, MetricForwarder
from pilotlight.local.scaling.metric_store import MetricStore
from pilotlight.local.scaling.queue_metrics import PUBLISH_EVERY_S, QueueMetrics
from pilotlight.local.transform.executions import count_execution
from pilotlight.local.transform.jobs import NO_CONTAINERS, JobRunner, TransformJobs


class RegionalRuntimeFactory(Protocol):
    """Makes the runtime of an endpoint, given what its region offers."""

    def __call__(
        self,
        name: str,
        *,
        config: EndpointConfigRecord,
        models: Mapping[str, ModelRecord],
        aws: Aws,
        metrics: MetricSink,
        on_change: Callable[[], None],
    ) -> Runtime:
        """Make it, without starting it."""


@dataclass(frozen=True, slots=True)
class Region:
    """What one region has."""

    plane: ControlPlane
    scaling: AutoScaling
    metrics: MetricStore
    forwarder: MetricForwarder
    recurring: tuple[Recurring, ...]


class Embedded:
    """Everything that Pilotlight adds to the emulator."""

    def __init__(
        self,
        aws: Aws,
        clock: ScaledClock,
        make_runtime: RegionalRuntimeFactory,
        make_transforms: Callable[[Aws], JobRunner] = lambda _: NO_CONTAINERS,
    ) -> None:
        self._aws = aws
        self._make_transforms = make_transforms
        self._clock = clock
        self._make_runtime = make_runtime
        self._regions: dict[str, Region] = {}
        self._lock = Lock()
        engine = ScalingEngine(clock, lambda: [each.scaling for each in self.regions().values()])
        self._scaling = Recurring("scaling", engine.tick, pause_s=engine.pause_s)

    def start(self) -> None:
        """Begin to evaluate alarms and to scale; the default region is there from the start."""
        self.region(self._aws.region)
        self._scaling.start()

    def stop(self) -> None:
        """End: no endpoint is left and no container runs when this returns."""
        self._scaling.stop()
        self._end_regions()

    def reset(self) -> None:
        """Delete every endpoint and forget everything."""
        self._end_regions()
        self.region(self._aws.region)

    def calendar(self) -> datetime:
        """The date and time that SageMaker's calendar shows: schedules go by it."""
        return self._clock.calendar(self._clock.now())

    def logged(self, region: str, log: str) -> None:
        """Take what a Lambda function wrote: metrics in it go to CloudWatch. Never blocks."""
        for namespace, datum in metrics_in(log):
            self.region(region).forwarder.take(namespace, datum)

    def regions(self) -> dict[str, Region]:
        """The regions that were asked for so far, by name."""
        with self._lock:
            return dict(self._regions)

    def region(self, name: str) -> Region:
        """A region; it is made when it is asked for the first time."""
        with self._lock:
            if name not in self._regions:
                self._regions[name] = self._made(name)
            return self._regions[name]

    def transform_jobs(self, region: str) -> TransformJobs:
        """The transform jobs of a region, for its state machines."""
        return self.region(region).plane.transforms

    def execution_changed(self, region: str, execution: Mapping[str, Any]) -> None:
        """Count an execution of a state machine that began or ended, for its alarms."""
        count_execution(self.region(region).metrics, execution)

    def services(self) -> tuple[Service, ...]:
        """The services to add to the emulator."""
        return (
            SageMakerService(lambda region: self.region(region).plane),
            JsonService("application-autoscaling", lambda region: self.region(region).scaling.operations()),
        )

    def resource_types(self) -> tuple[ResourceType, ...]:
        """The CloudFormation resource types to add to the emulator."""
        return (
            *sagemaker_types.resource_types(lambda region: self.region(region).plane),
            *scaling_types.resource_types(lambda region: self.region(region).scaling),
        )

    def _end_regions(self) -> None:
        with self._lock:
            regions, self._regions = self._regions, {}
        for region in regions.values():
            region.plane.transforms.end_all()
            region.plane.store.end_all()
            for each in region.recurring:
                each.stop()

    def _made(self, name: str) -> Region:
        aws = Aws(self._aws.port, name, self._aws.account)
        forwarder = MetricForwarder(aws)
        metrics = MetricStore(self._clock, forwarder.forward)
        plane = ControlPlane(
            Place(name, aws.account),
            partial(self._make_runtime, aws=aws, metrics=metrics),
            self._make_transforms(aws),
        )
        scaling = AutoScaling(aws, capacity=ScaledResources(plane), clock=self._clock, metrics=metrics)
        plane.store.when_deleted.append(scaling.targets.forget_endpoint)
        plane.components.when_deleted.append(scaling.targets.forget_component)
        recurring = (
            Recurring("metric-forwarder", forwarder.send, pause_s=lambda: SEND_EVERY_S),
            Recurring("queue-metrics", QueueMetrics(aws).publish, pause_s=lambda: PUBLISH_EVERY_S),
        )
        for each in recurring:
            each.start()
        return Region(plane, scaling, metrics, forwarder, recurring)
