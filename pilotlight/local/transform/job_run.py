"""Runs a transform job: instances, objects, answers, and the reason when it fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial

from pilotlight.hosting.instance import LaunchTiming
from pilotlight.hosting.transform_objects import output_name, shared_out
from pilotlight.local.aws import Aws
from pilotlight.local.clock import ScaledClock
from pilotlight.local.containers.answer import Answer
from pilotlight.local.containers.container_host import ContainerHost
from pilotlight.local.containers.s3_location import S3Location
from pilotlight.local.endpoint.s3_objects import ObjectError, S3Objects
from pilotlight.local.transform.input_objects import InputObjects
from pilotlight.local.transform.job import JobFailedError, TransformJob
from pilotlight.local.transform.job_instance import JobInstance
from pilotlight.local.transform.object_run import ObjectFailedError, ObjectRun

TIMING = LaunchTiming()
"""How long the instances of a job take to come, in SageMaker time: as those of an endpoint (assumed)."""


class JobRun:
    """Runs one job."""

    def __init__(self, job: TransformJob, *, aws: Aws, clock: ScaledClock, host: ContainerHost) -> None:
        self._job = job
        self._clock = clock
        self._host = host
        self._objects = S3Objects(aws)
        self._input = InputObjects(aws, self._objects, job.request["TransformInput"])
        self._count: int = job.request["TransformResources"]["InstanceCount"]

    def run(self) -> None:
        """Answer every object. Raises JobFailedError after the last one when one of them has failed."""
        if self._job.stopping.wait(self._clock.wall_seconds(TIMING.before_container)):
            return
        self._job.begin()
        uris = self._input.uris()
        shares = [share for share in shared_out(uris, self._count) if share]
        with self._instances(len(shares)) as instances, ThreadPoolExecutor(len(shares)) as threads:
            failed = [each for found in threads.map(self._answer_all, instances, shares) for each in found]
        if failed and not self._job.stopping.is_set():
            msg = f"AlgorithmError: {len(failed)} of {len(uris)} objects failed, the first one {failed[0]}"
            raise JobFailedError(msg)

    @contextmanager
    def _instances(self, count: int) -> Iterator[Sequence[JobInstance]]:
        """Instances with nothing to do are not started; they would cost here too."""
        with ExitStack() as ends:
            yield [self._started(number, ends) for number in range(count)]

    def _started(self, number: int, ends: ExitStack) -> JobInstance:
        instance = JobInstance(self._host, self._job, number)
        ends.callback(instance.stop)
        return instance

    def _answer_all(self, instance: JobInstance, uris: Sequence[str]) -> list[str]:
        """Answer the objects of one instance; give what is to be said of those that failed."""
        settings = instance.settings()
        run, ask = ObjectRun(self._job.request, settings), partial(instance.ask, settings=settings)
        failed = []
        for uri in uris:
            if self._job.stopping.is_set():
                break
            try:
                self._write(uri, run.answered(self._input.read(uri), ask))
            except (ObjectFailedError, ObjectError, OSError) as error:
                failed.append(f"{uri}: {error}")
        return failed

    def _write(self, uri: str, body: bytes) -> None:
        """Write the answers to an object, unless the job was stopped: then SageMaker stores nothing more."""
        if self._job.stopping.is_set():
            return
        output = self._job.request["TransformOutput"]
        place = S3Location.parse(output["S3OutputPath"]).below(output_name(uri, self._input.uri))
        answer = Answer(body=body, content_type=output.get("Accept"))
        self._objects.write(place, answer, output.get("KmsKeyId"))
