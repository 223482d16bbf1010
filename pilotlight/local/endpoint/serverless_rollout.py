"""Which containers serve a serverless endpoint, which are about to, and which are on their way out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pilotlight.hosting.micros import Micros
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.control_plane.endpoint_description import (
    ConcurrencyDescription,
    EndpointDescription,
    VariantDescription,
)
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.local.control_plane.serverless_record import ServerlessRecord
from pilotlight.local.endpoint.fleet import FleetPlace
from pilotlight.local.endpoint.measurements import Measurements
from pilotlight.local.endpoint.serverless_pool import PoolOwner, ServerlessPool


class ServerlessRollout:
    """The pools of one endpoint, one for each configuration. All methods are for the driver's thread."""

    def __init__(self, place: FleetPlace, measurements: Measurements) -> None:
        self._place, self._measurements = place, measurements
        self._serving: tuple[EndpointConfigRecord, ServerlessPool] | None = None
        self._coming: tuple[EndpointConfigRecord, ServerlessPool] | None = None
        self._leaving: list[ServerlessPool] = []
        self._wanted: ServerlessRecord | None = None
        self._pools_made = 0
        self._has_changed = False
        self.status = "Creating"
        self.failure_reason: str | None = None

    @property
    def pools(self) -> tuple[ServerlessPool, ...]:
        """All pools that may have containers, the serving one first."""
        present = [each[1] for each in (self._serving, self._coming) if each is not None]
        return (*present, *self._leaving)

    @property
    def serving(self) -> ServerlessPool | None:
        """The pool that takes requests; None before the first one does."""
        return None if self._serving is None else self._serving[1]

    @property
    def next_deadline(self) -> Micros | None:
        """When `pass_time` is due."""
        deadlines = (pool.next_deadline for pool in self.pools)
        return min((each for each in deadlines if each is not None), default=None)

    def take_change(self) -> bool:
        """Whether a description would show something new since the last call."""
        changed, self._has_changed = self._has_changed, False
        return changed

    def begin(
        self, config: EndpointConfigRecord, models: Mapping[str, ModelRecord], *, retains: bool
    ) -> None:
        """Begin to serve by a configuration. retains: it keeps the provisioned concurrency of scaling."""
        variant = config.variants[0]
        wanted = variant.serverless
        assert wanted is not None  # noqa: S101 - only such configurations come here
        if retains and self._wanted is not None:
            kept = min(self._wanted.provisioned_concurrency, wanted.max_concurrency)
            wanted = replace(wanted, provisioned_concurrency=kept)
        pool = self._made(config, models)
        self._coming, self._wanted = (config, pool), wanted
        self.status = "Creating" if self._serving is None else "Updating"
        self.failure_reason = None
        pool.resize(wanted.max_concurrency, wanted.provisioned_concurrency, first=1)

    def resize(self, most: int | None, provisioned: int | None) -> None:
        """Begin to have another concurrency; None: as it is. Raises ValueError."""
        serving, wanted = self.serving, self._wanted
        if serving is None or wanted is None:
            return
        changed = replace(
            wanted,
            max_concurrency=wanted.max_concurrency if most is None else most,
            provisioned_concurrency=wanted.provisioned_concurrency if provisioned is None else provisioned,
        )
        serving.resize(changed.max_concurrency, changed.provisioned_concurrency)
        self._wanted, self.status = changed, "Updating"
        self._see()

    def pass_time(self, now: Micros) -> None:
        """Do what is due."""
        for pool in self.pools:
            if pool.next_deadline is not None and pool.next_deadline <= now:
                pool.pass_time(now)

    def describe(self) -> EndpointDescription:
        """The state now, without the backlog."""
        shown = self._coming if self._serving is None else self._serving
        assert shown is not None  # noqa: S101 - the first pool begins before anybody asks
        config, pool = shown
        return EndpointDescription(
            status=self.status,
            config_name=config.name,
            variants=(VariantDescription(pool.variant.name, 0, 0, self._concurrency(pool)),),
            containers=tuple(each for one in self.pools for each in one.described()),
            failure_reason=self.failure_reason,
        )

    def _concurrency(self, pool: ServerlessPool) -> ConcurrencyDescription:
        wanted = self._wanted
        assert wanted is not None  # noqa: S101 - it was set with the pool
        present = min(wanted.provisioned_concurrency, pool.state.warm)
        current = wanted if pool.is_ready else replace(wanted, provisioned_concurrency=present)
        return ConcurrencyDescription(current, wanted, pool.state.warm)

    def _made(self, config: EndpointConfigRecord, models: Mapping[str, ModelRecord]) -> ServerlessPool:
        variant = config.variants[0]
        made: list[ServerlessPool] = []
        owner = PoolOwner(self._see, lambda reason: self._failed(made[0], reason))
        pool = ServerlessPool(
            self._place,
            owner,
            variant=variant,
            model=models[str(variant.model_name)],
            measurements=self._measurements,
            number=self._pools_made,
        )
        made.append(pool)
        self._pools_made += 1
        return pool

    def _see(self) -> None:
        """See whether a change is complete."""
        self._has_changed = True
        if self._coming is not None and self._coming[1].is_ready:
            self._switch(self._coming)
        self._leaving = [each for each in self._leaving if not each.is_gone]
        serving = self.serving
        settled = serving is not None and serving.state.warm >= serving.state.provisioned
        if self._coming is None and not self._leaving and settled:
            self.status = "InService"

    def _switch(self, coming: tuple[EndpointConfigRecord, ServerlessPool]) -> None:
        former, self._serving, self._coming = self._serving, coming, None
        if former is not None:
            self._leaving.append(former[1])
            former[1].retire()

    def _failed(self, pool: ServerlessPool, reason: str) -> None:
        """A container did not start: give up a pool that is coming; one that serves goes on."""
        if self._coming is None or pool is not self._coming[1]:
            return
        self.failure_reason = (
            f"The container of production variant {pool.variant.name} did not start. {reason}"
        )
        pool.retire()
        if self._serving is None:
            self.status = "Failed"
        else:
            self._coming, self.status = None, "RollingBack"
            self._wanted = self._serving[0].variants[0].serverless
            self._leaving.append(pool)
        self._has_changed = True
