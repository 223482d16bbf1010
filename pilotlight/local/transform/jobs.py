"""The transform jobs of a region, as SageMaker's API has them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock, Thread
from typing import Any, Final, Protocol

from pilotlight.catalog.batch_transform import ENDED
from pilotlight.local.control_plane.listing import listed
from pilotlight.local.control_plane.models import Models
from pilotlight.local.control_plane.place import Place
from pilotlight.local.control_plane.tags import Tags
from pilotlight.local.emulator.api_error import ApiError, ValidationError
from pilotlight.local.emulator.json_service import Operations
from pilotlight.local.transform.job import JobFailedError, TransformJob
from pilotlight.local.transform.job_faults import job_faults

Request = dict[str, Any]
_LOG = logging.getLogger(__name__)
_ENDS_WITHIN_S = 30.0
_LOOKS_EVERY_S = 0.2


class JobRunner(Protocol):
    """Runs jobs, and is told of them."""

    def run(self, job: TransformJob) -> None:
        """Run a job to its end, or until it is being stopped. Raises JobFailedError."""

    def changed(self, job: TransformJob) -> None:
        """Hear of a new status of a job, the first one included."""


class _NoContainers:
    def run(self, job: TransformJob) -> None:
        msg = f"InternalServerError: no containers run here, so {job.name} cannot"
        raise JobFailedError(msg)

    def changed(self, job: TransformJob) -> None:
        """Tell nobody."""


NO_CONTAINERS: Final = _NoContainers()
"""Fails every job: for a control plane without a data plane."""


class TransformJobs:
    """Keeps jobs for as long as the emulator runs: SageMaker never forgets one either.

    runner: runs each of them, on a thread of its own.
    """

    def __init__(
        self,
        place: Place,
        *,
        models: Models,
        tags: Tags,
        runner: JobRunner = NO_CONTAINERS,
    ) -> None:
        self._place = place
        self._models = models
        self._tags = tags
        self._runner = runner
        self._jobs: dict[str, TransformJob] = {}
        self._lock = Lock()

    def operations(self) -> Operations:
        """What the API offers, by the names of its operations."""
        return {
            "CreateTransformJob": self.create,
            "DescribeTransformJob": self.describe,
            "ListTransformJobs": self.list_all,
            "StopTransformJob": self.stop,
        }

    def find(self, name: str) -> TransformJob:
        """The job called `name`. Raises a ResourceNotFound."""
        job = self._jobs.get(name)
        if job is None:
            msg = f"Requested resource not found: {self._place.arn('transform-job', name)}"
            raise ApiError("ResourceNotFound", msg)
        return job

    def holds(self, arn: str) -> bool:
        """Whether a job has this ARN."""
        return any(each.arn == arn for each in list(self._jobs.values()))

    def create(self, request: Request) -> Request:
        """The operation CreateTransformJob: the job runs when it returns."""
        job = self._added(request)
        self._tags.put(job.arn, request.get("Tags", ()))
        self._runner.changed(job)
        Thread(target=self._to_the_end, args=(job,), name=f"transform-{job.name}", daemon=True).start()
        return {"TransformJobArn": job.arn}

    def describe(self, request: Request) -> Request:
        """The operation DescribeTransformJob."""
        return self.find(request["TransformJobName"]).described()

    def list_all(self, request: Request) -> Request:
        """The operation ListTransformJobs."""
        summaries = [each.summary() for each in list(self._jobs.values())]
        return listed(
            summaries,
            request,
            key="TransformJobSummaries",
            name="TransformJobName",
            status="TransformJobStatus",
        )

    def stop(self, request: Request) -> None:
        """The operation StopTransformJob."""
        job = self.find(request["TransformJobName"])
        if not job.stop():
            msg = f"The request was rejected because the transform job is in status {job.status}."
            raise ValidationError(msg)

    def wait(self, name: str, is_wanted: Callable[[], bool]) -> Request:
        """Wait for the end of a job and describe it; it is stopped when nobody wants it any more."""
        job = self.find(name)
        while not job.over.wait(_LOOKS_EVERY_S):
            if not is_wanted() and not job.stopping.is_set():
                job.stop()
        return job.described()

    def end_all(self) -> None:
        """Stop every job that runs, and wait until its containers are gone."""
        jobs = [each for each in list(self._jobs.values()) if each.status not in ENDED]
        for job in jobs:
            job.stop()
        for job in jobs:
            job.over.wait(_ENDS_WITHIN_S)

    def _added(self, request: Request) -> TransformJob:
        name = request["TransformJobName"]
        arn = self._place.arn("transform-job", name)
        model = self._models.find(request["ModelName"])
        found = [*job_faults(request, model)]
        if found:
            raise ValidationError("; ".join(found))
        with self._lock:
            if name in self._jobs:
                msg = (
                    "Job name must be unique within an AWS account and region, "
                    f"and a job with this name already exists ({arn})"
                )
                raise ApiError("ResourceInUse", msg)
            job = TransformJob(name, arn, request, model, self._runner.changed)
            self._jobs[name] = job
        return job

    def _to_the_end(self, job: TransformJob) -> None:
        reason = None
        try:
            self._runner.run(job)
        except JobFailedError as failed:
            reason = str(failed)
        except Exception:  # noqa: BLE001 - whatever it was, the job must not stay in progress
            _LOG.exception("transform job %s", job.name)
            reason = "InternalServerError: see the log of the embedded AWS"
        job.end(reason)
