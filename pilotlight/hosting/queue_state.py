"""The state of an asynchronous queue: who waits, who is on which instance, what is due when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush

from pilotlight.hosting.async_request import AsyncRequest, Outcome, RequestId
from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.micros import Micros
from pilotlight.hosting.slots import Slots


@dataclass(frozen=True, slots=True)
class QueueSettings:
    """What decides how the queue treats requests.

    max_concurrent_invocations_per_instance: requests on one instance at a time. Default: 4; SageMaker says
      only that it chooses an optimal value.
    max_redeliveries: how often a request goes back to the queue because its instance was lost, before it
      fails.
    timeout_outcome: how a request ends whose processing takes longer than its timeout.
    Raises ValueError when a number is out of range.
    """

    max_concurrent_invocations_per_instance: int = 4
    max_redeliveries: int = 3
    timeout_outcome: Outcome = Outcome.FAILED

    def __post_init__(self) -> None:
        concurrency = self.max_concurrent_invocations_per_instance
        faults = [] if concurrency >= 1 else [f"concurrent invocations, got {concurrency}, allowed 1 or more"]
        if self.max_redeliveries < 0:
            faults.append(f"redeliveries, got {self.max_redeliveries}, allowed 0 or more")
        if faults:
            raise ValueError("; ".join(faults))


@dataclass(slots=True)
class Entry:
    """A request that has not ended. number: its place in the order of submission."""

    request: AsyncRequest
    number: int
    submitted: Micros
    attempts: int = 0
    instance: InstanceId | None = None
    dispatched: Micros | None = None

    @property
    def deadline(self) -> Micros:
        """When it expires in the queue, or times out on its instance."""
        if self.instance is None or self.dispatched is None:
            return self.submitted + self.request.ttl
        return self.dispatched + self.request.timeout


@dataclass(slots=True)
class AsyncQueue:
    """The state of the queue of one endpoint: read the properties; only `async_queue.step` calls the methods.

    An owned object that changes in place. Every method costs at most the logarithm of the number of requests.
    """

    settings: QueueSettings = field(default_factory=QueueSettings)
    slots: Slots = field(init=False, repr=False)
    now: Micros = 0
    _entries: dict[RequestId, Entry] = field(default_factory=dict, repr=False)
    _waiting: list[tuple[int, RequestId]] = field(default_factory=list, repr=False)
    _deadlines: list[tuple[Micros, int, RequestId]] = field(default_factory=list, repr=False)
    _running: dict[InstanceId, dict[RequestId, Entry]] = field(default_factory=dict, repr=False)
    _in_process: int = field(default=0, repr=False)
    _accepted: int = field(default=0, repr=False)

    def __post_init__(self) -> None:
        self.slots = Slots(self.settings.max_concurrent_invocations_per_instance)

    @property
    def waiting(self) -> int:
        """Requests in the queue that no instance has taken."""
        return len(self._entries) - self._in_process

    @property
    def in_process(self) -> int:
        """Requests on an instance."""
        return self._in_process

    @property
    def instances(self) -> int:
        """Instances that take requests."""
        return self.slots.taking

    @property
    def oldest_waiting(self) -> Micros | None:
        """When the oldest waiting request was submitted; None: none waits."""
        return self._entries[self._waiting[0][1]].submitted if self._waiting else None

    @property
    def load(self) -> Mapping[InstanceId, int]:
        """Requests on each instance, for choosing which one goes on scale-in."""
        return dict(self.slots.load)

    @property
    def next_deadline(self) -> Micros | None:
        """When the next request expires or times out; None: no request is open."""
        return self._deadlines[0][0] if self._deadlines else None

    def change_settings(self, settings: QueueSettings) -> None:
        """Let other settings hold from now on."""
        self.settings = settings
        self.slots.resize(settings.max_concurrent_invocations_per_instance)

    def accept(self, request: AsyncRequest) -> None:
        """Put a new request at the end of the queue."""
        self._accepted += 1
        entry = self._entries[request.id] = Entry(request, self._accepted, self.now)
        self._wait(entry)

    def begin(self, instance: InstanceId) -> Entry:
        """Hand the oldest waiting request to an instance."""
        entry = self._entries[heappop(self._waiting)[1]]
        entry.instance, entry.dispatched, entry.attempts = instance, self.now, entry.attempts + 1
        self._running.setdefault(instance, {})[entry.request.id] = entry
        self._in_process += 1
        self._watch(entry)
        return entry

    def put_back(self, entry: Entry) -> None:
        """Return a request to the queue, before all that were submitted after it."""
        self._leave_instance(entry)
        self._wait(entry)

    def remove(self, entry: Entry) -> None:
        """Forget a request that has ended."""
        self._leave_instance(entry)
        del self._entries[entry.request.id]

    def is_open(self, request: RequestId) -> bool:
        """Tell whether a request with this id has not ended."""
        return request in self._entries

    def attempt(self, request: RequestId, attempt: int) -> Entry | None:
        """Find the request if this attempt is the one that runs now."""
        entry = self._entries.get(request)
        return (
            entry if entry is not None and entry.instance is not None and entry.attempts == attempt else None
        )

    def running_on(self, instance: InstanceId) -> tuple[Entry, ...]:
        """The requests on an instance, in the order they came there."""
        return tuple(self._running.get(instance, {}).values())

    def overdue(self) -> Entry | None:
        """Find a request whose deadline has come, the earliest first; None: none has."""
        self.tidy()
        deadline = self.next_deadline
        return None if deadline is None or deadline > self.now else self._entries[self._deadlines[0][2]]

    def tidy(self) -> None:
        """Drop what is out of date from the front of both lines, so that reading them changes nothing."""
        while self._waiting and not self._is_waiting(*self._waiting[0]):
            heappop(self._waiting)
        while self._deadlines and not self._is_watched(*self._deadlines[0]):
            heappop(self._deadlines)

    def _wait(self, entry: Entry) -> None:
        heappush(self._waiting, (entry.number, entry.request.id))
        self._watch(entry)

    def _watch(self, entry: Entry) -> None:
        heappush(self._deadlines, (entry.deadline, entry.number, entry.request.id))

    def _leave_instance(self, entry: Entry) -> None:
        if entry.instance is not None:
            del self._running[entry.instance][entry.request.id]
            if not self._running[entry.instance]:
                del self._running[entry.instance]
            self._in_process -= 1
            entry.instance = None

    def _is_waiting(self, number: int, request: RequestId) -> bool:
        entry = self._entries.get(request)
        return entry is not None and entry.number == number and entry.instance is None

    def _is_watched(self, deadline: Micros, number: int, request: RequestId) -> bool:
        entry = self._entries.get(request)
        return entry is not None and entry.number == number and entry.deadline == deadline
