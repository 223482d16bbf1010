"""What transform jobs need of the embedded AWS, and what it hears of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pilotlight.catalog.batch_transform import JOB_EVENT
from pilotlight.local.aws import Aws
from pilotlight.local.clock import ScaledClock
from pilotlight.local.containers.container_host import ContainerHost
from pilotlight.local.transform.job import TransformJob
from pilotlight.local.transform.job_run import JobRun

Publish = Callable[..., None]
"""Sends an event of SageMaker; see `emulator.step_functions.publish_event`."""


@dataclass(frozen=True, slots=True)
class TransformServices:
    """Runs the jobs of one region, and tells EventBridge of them."""

    aws: Aws
    clock: ScaledClock
    containers: ContainerHost
    publish: Publish

    def run(self, job: TransformJob) -> None:
        """Run a job to its end; see `JobRun`."""
        JobRun(job, aws=self.aws, clock=self.clock, host=self.containers).run()

    def changed(self, job: TransformJob) -> None:
        """Send the event of a new status (SageMaker Developer Guide, Automating SageMaker)."""
        told = {key: value for key, value in job.described().items() if value is not None}
        self.publish(
            account=self.aws.account,
            region=self.aws.region,
            detail_type=JOB_EVENT,
            resource=job.arn,
            detail={**told, "Tags": _tags(job)},
        )


def _tags(job: TransformJob) -> dict[str, str]:
    return {each["Key"]: each["Value"] for each in job.request.get("Tags", ())}
