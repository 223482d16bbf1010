"""The records of one kind in a region that never change: made, described, listed and deleted alike."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from pilotlight.local.control_plane.listing import listed
from pilotlight.local.control_plane.place import Place
from pilotlight.local.control_plane.properties import Properties
from pilotlight.local.control_plane.tags import Tags
from pilotlight.local.emulator.api_error import ValidationError

Request = dict[str, Any]


class Record(Protocol):
    """What every kind of record has."""

    @property
    def name(self) -> str:
        """Unique in its region."""

    @property
    def arn(self) -> str:
        """Its ARN."""

    @property
    def created(self) -> datetime:
        """When it was made."""

    @property
    def properties(self) -> Properties:
        """The members as given."""


R = TypeVar("R", bound=Record)


class RecordStore(ABC, Generic[R]):
    """Keeps the records of one kind.

    noun: the kind in the names of operations and members. resource: in ARNs. words: in messages.
    described: members that are described also when they were not given.
    """

    noun: ClassVar[str]
    resource: ClassVar[str]
    words: ClassVar[str]
    described: ClassVar[Mapping[str, Any]] = {}

    def __init__(self, place: Place, tags: Tags) -> None:
        self._place = place
        self._tags = tags
        self._records: dict[str, R] = {}

    @abstractmethod
    def faults(self, request: Request) -> Sequence[str]:
        """What SageMaker would refuse."""

    @abstractmethod
    def parsed(self, request: Request, *, name: str, arn: str) -> R:
        """Make the record of a request without faults. May raise ValidationError."""

    def find(self, name: str) -> R:
        """The record called `name`. Raises ValidationError in SageMaker's words."""
        record = self._records.get(name)
        if record is None:
            msg = f'Could not find {self.words} "{self._place.arn(self.resource, name)}".'
            raise ValidationError(msg)
        return record

    def holds(self, arn: str) -> bool:
        """Whether a record has this ARN."""
        return any(each.arn == arn for each in self._records.values())

    def create(self, request: Request) -> Request:
        """The operation `Create<noun>`."""
        name = request[f"{self.noun}Name"]
        arn = self._place.arn(self.resource, name)
        if name in self._records:
            msg = f'Cannot create already existing {self.words} "{arn}".'
            raise ValidationError(msg)
        found = self.faults(request)
        if found:
            raise ValidationError("; ".join(found))
        self._records[name] = self.parsed(request, name=name, arn=arn)
        self._tags.put(arn, request.get("Tags", ()))
        return {f"{self.noun}Arn": arn}

    def describe(self, request: Request) -> Request:
        """The operation `Describe<noun>`."""
        record = self.find(request[f"{self.noun}Name"])
        given = {key: value for key, value in record.properties.items() if key != "Tags"}
        return {**self.described, **given, **self._summary(record)}

    def list_all(self, request: Request) -> Request:
        """The operation `List<noun>s`."""
        summaries = [self._summary(each) for each in list(self._records.values())]
        return listed(summaries, request, key=f"{self.noun}s", name=f"{self.noun}Name")

    def delete(self, request: Request) -> None:
        """The operation `Delete<noun>`."""
        record = self.find(request[f"{self.noun}Name"])
        del self._records[record.name]
        self._tags.forget(record.arn)

    def _summary(self, record: R) -> Request:
        return {
            f"{self.noun}Name": record.name,
            f"{self.noun}Arn": record.arn,
            "CreationTime": record.created,
        }
