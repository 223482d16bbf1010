"""Filters the records of a transform job, and joins them with their answers."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pilotlight.catalog.batch_transform import CSV, JOINED_INPUT, JOINED_OUTPUT
from pilotlight.hosting.json_path_selection import NothingSelectedError, selected
from pilotlight.hosting.transform_records import Record
from pilotlight.spec.json_path import WHOLE, Step, json_path_steps


class UnprocessableError(ValueError):
    """A record, or an answer, cannot be filtered or joined as it was asked for."""


@dataclass(frozen=True, slots=True)
class Processing:
    """What is done to each record of a job; see DataProcessing of CreateTransformJob."""

    input_filter: str = WHOLE
    joins_input: bool = False
    output_filter: str = WHOLE
    is_csv: bool = False
    """Whether records and answers are rows of CSV; else they are JSON."""

    @property
    def changes_nothing(self) -> bool:
        """Whether records are sent and answers written as they are."""
        return not self.joins_input and self.input_filter == self.output_filter == WHOLE

    def sent(self, record: Record) -> Record:
        """Give what the model sees of a record. Raises UnprocessableError."""
        if self.input_filter == WHOLE:
            return record
        payload = self._written(self._selected(self.input_filter, self._read(record.payload)))
        return Record(payload + b"\n", payload)

    def written(self, record: Record, answer: bytes) -> bytes:
        """Give what is written of a record and its answer. Raises UnprocessableError."""
        found = self._read(answer)
        if self.joins_input:
            source = self._read(record.payload)
            found = [*source, *found] if self.is_csv else _joined(source, found)
        return self._written(self._selected(self.output_filter, found))

    def answers_of(self, body: bytes, records: int) -> tuple[bytes, ...]:
        """Take the answer to a request apart, one for each of its records. Raises UnprocessableError."""
        if records == 1:
            return (body.rstrip(b"\r\n"),)
        answers = tuple(line.removesuffix(b"\r") for line in body.split(b"\n") if line.strip())
        if len(answers) != records:
            raise UnprocessableError(
                f"the model answered {records} records with {len(answers)} lines, so they cannot be joined"
            )
        return answers

    def _read(self, text: bytes) -> Any:
        try:
            return _row(text.decode()) if self.is_csv else json.loads(text)
        except ValueError as error:
            kind = CSV if self.is_csv else "JSON"
            raise UnprocessableError(
                f"neither record nor answer may be anything but {kind}: {error}"
            ) from error

    def _written(self, value: Any) -> bytes:
        if not self.is_csv:
            return json.dumps(value, ensure_ascii=False).encode()
        row = value if isinstance(value, list) else [value]
        text = io.StringIO()
        csv.writer(text, lineterminator="").writerow(row)
        return text.getvalue().encode()

    @staticmethod
    def _selected(path: str, value: Any) -> Any:
        steps: Sequence[Step] = json_path_steps(path)
        try:
            return selected(steps, value)
        except NothingSelectedError as error:
            raise UnprocessableError(f"{path} selects nothing: {error}") from error


def assembled(answers: Sequence[bytes], *, with_lines: bool) -> bytes:
    """Put answers together into one object: as they are, or each on a line of its own."""
    return b"".join(_ended(answers) if with_lines else answers)


def _ended(answers: Sequence[bytes]) -> Iterator[bytes]:
    for answer in answers:
        yield answer if answer.endswith(b"\n") else answer + b"\n"


def _row(text: str) -> list[str]:
    rows: list[list[str]] = [*csv.reader(io.StringIO(text))]
    if len(rows) != 1:
        raise ValueError(f"one row was expected, got {len(rows)}")
    return rows[0]


def _joined(record: Any, answer: Any) -> dict[str, Any]:
    """Put an answer beside its record; one that is no object becomes an attribute itself."""
    source = record if isinstance(record, dict) else {JOINED_INPUT: record}
    return {**source, JOINED_OUTPUT: answer}
