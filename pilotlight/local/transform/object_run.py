"""Answers one object: records, requests, answers, and the object they become."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pilotlight.catalog.batch_transform import CSV
from pilotlight.hosting.mini_batches import MiniBatch, PayloadTooLargeError, mini_batches
from pilotlight.hosting.transform_processing import Processing, UnprocessableError, assembled
from pilotlight.hosting.transform_records import NoRecordsError, Record, records_of
from pilotlight.hosting.transform_settings import TransformSettings

Ask = Callable[[bytes], bytes]
"""Has the model answer a request. Raises ObjectFailedError."""


class ObjectFailedError(Exception):
    """An object has no answers; the message says why."""


def processing_of(request: Mapping[str, Any]) -> Processing:
    """Give what a job does to its records."""
    said = request.get("DataProcessing", {})
    content_type = request["TransformInput"].get("ContentType", "")
    return Processing(
        input_filter=said.get("InputFilter", "$"),
        joins_input=said.get("JoinSource") == "Input",
        output_filter=said.get("OutputFilter", "$"),
        is_csv=content_type.partition(";")[0].strip().lower() == CSV,
    )


class ObjectRun:
    """How the objects of one job are answered: the same for each."""

    def __init__(self, request: Mapping[str, Any], settings: TransformSettings) -> None:
        self._split_type = request["TransformInput"].get("SplitType", "None")
        self._with_lines = request["TransformOutput"].get("AssembleWith") == "Line"
        self._processing = processing_of(request)
        self._settings = settings

    def answered(self, body: bytes, ask: Ask) -> bytes:
        """Give the object of answers. Raises ObjectFailedError."""
        try:
            records = records_of(body, self._split_type)
            batches = self._batches(records)
            answers = self._asked(batches, ask)
            if self._processing.changes_nothing:
                return assembled(answers, with_lines=self._with_lines)
            return assembled(self._processed(records, batches, answers), with_lines=self._with_lines)
        except (NoRecordsError, PayloadTooLargeError, UnprocessableError) as error:
            raise ObjectFailedError(str(error)) from error

    def _batches(self, records: Sequence[Record]) -> tuple[MiniBatch, ...]:
        sent = [self._processing.sent(record) for record in records]
        settings = self._settings
        return tuple(
            mini_batches(sent, single_record=settings.single_record, max_payload_mb=settings.max_payload_mb)
        )

    def _asked(self, batches: Sequence[MiniBatch], ask: Ask) -> list[bytes]:
        """Ask with as many requests at once as the job allows; answers stand in the order of the requests."""
        with ThreadPoolExecutor(self._settings.max_concurrent) as threads:
            return list(threads.map(ask, [batch.body for batch in batches]))

    def _processed(
        self, records: Sequence[Record], batches: Sequence[MiniBatch], answers: Sequence[bytes]
    ) -> list[bytes]:
        each = [
            answer
            for batch, body in zip(batches, answers, strict=True)
            for answer in self._processing.answers_of(body, batch.records)
        ]
        return [
            self._processing.written(record, answer) for record, answer in zip(records, each, strict=True)
        ]
