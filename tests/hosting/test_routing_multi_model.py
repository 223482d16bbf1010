"""Routing and model caches put together: a multi-model endpoint with two instances."""

from __future__ import annotations

from random import Random

from pilotlight.hosting import model_cache, real_time
from pilotlight.hosting.model_cache import Download, ModelCache, TargetModel
from pilotlight.hosting.routing import LeastOutstandingRequests, ModelAffinity, RoutingRequest, Ties


class Endpoint:
    """Two instances; invocations never end, models are downloaded but never loaded."""

    def __init__(self, spill_at: int | None) -> None:
        strategy = ModelAffinity(LeastOutstandingRequests(Ties.OLDEST), spill_at)
        self.variant = real_time.RealTimeVariant(strategy, Random(1))
        self.caches = {instance: ModelCache() for instance in (1, 2)}
        self.downloads: list[tuple[int, str]] = []
        for instance in self.caches:
            real_time.step(self.variant, real_time.InstanceJoined(instance), 0)

    def invoke(self, number: int, model: str) -> int:
        """Send one invocation; returns the instance it went to."""
        holders = frozenset(instance for instance, cache in self.caches.items() if cache.holds(model))
        event = real_time.Invoked(str(number), RoutingRequest(holders=holders))
        _, (forward,) = real_time.step(self.variant, event, 0)
        assert isinstance(forward, real_time.Forward)
        invoked = model_cache.Invoked(forward.request, TargetModel(model, on_disk=1, in_memory=1))
        _, effects = model_cache.step(self.caches[forward.instance], invoked, 0)
        self.downloads += [(forward.instance, one.model) for one in effects if isinstance(one, Download)]
        return forward.instance


def test_a_burst_for_one_model_spills_over_and_is_fetched_twice() -> None:
    """The first goes to 1, three more follow it, though 2 is idle; the fifth finds 4 in flight and goes to 2.

    From then on both hold it: the next ones go to 2, which is idler, until both have 4.
    """
    endpoint = Endpoint(spill_at=4)

    assert [1, 1, 1, 1, 2, 2, 2, 2] == [endpoint.invoke(number, "a") for number in range(8)]
    assert [(1, "a"), (2, "a")] == endpoint.downloads


def test_models_spread_over_the_instances_and_stay_there() -> None:
    """Each new model goes to the idler instance; who asks for it again comes to the same one."""
    endpoint = Endpoint(spill_at=None)

    assert [1, 2, 1, 2, 1, 1] == [endpoint.invoke(number, model) for number, model in enumerate("abcbca")]
    assert [(1, "a"), (2, "b"), (1, "c")] == endpoint.downloads
