"""Target tracking on GPU memory: it follows what is loaded, not load.

By hand, target 80 %, so the low alarm is below 72 %; n instances with 82 % each, models stay where they are:

- Above 80 % for three datapoints (minutes 0 to 2, seen at 3): n * 82 / 80 is n + a little, so n + 1.
- The new instance is there 5 minutes later (its container starts at once here), with nothing loaded: the
  average falls to 41 % (from one instance) or 54.7 % (from two). After 15 datapoints below 72 % (minutes 8
  to 22, seen at 23) the low alarm fires, and goes on firing: whatever it asks for is carried out.
- It asks for n * m / 80, rounded up, when the first instances have m %. That is n + 1 as long as m > 80, and
  n as soon as m <= 80. So two points in 82 decide: GPU memory holds tensors of requests in flight beside the
  models, and with 4 points of them a busy hour has m = 82 and a quiet one m = 78.
- Busy and quiet for 40 minutes each: out at 3, in at 41, when the first quiet datapoint is seen; quiet with n
  instances is 78 %, between both alarms; busy again from 80, out at 83, in at 121, and so on.

Each round launches an instance that holds no model and serves nobody.
"""

from __future__ import annotations

import pytest

from pilotlight.hosting.target_tracking import TargetTracking
from tests.hosting.gpu_memory_endpoint import GpuMemoryEndpoint

TARGET = 80.0
PLAIN = TargetTracking("gpu memory", TARGET)
OUT_ONLY = TargetTracking("gpu memory", TARGET, disable_scale_in=True)


def _swinging(minute: int) -> float:
    return 82.0 if minute // 40 % 2 == 0 else 78.0


def _steady(minute: int) -> float:
    return 82.0


@pytest.mark.parametrize("instances", [1, 2])
def test_plain_tracking_flaps(instances: int) -> None:
    """Four hours: out at 3, 83 and 163, in at 41, 121 and 201."""
    endpoint = GpuMemoryEndpoint(PLAIN, instances, _swinging).run(minutes=240)
    more, fewer = instances + 1, instances

    assert [(3, more), (41, fewer), (83, more), (121, fewer), (163, more), (201, fewer)] == endpoint.history


@pytest.mark.parametrize(("instances", "busy", "quiet"), [(1, 82 / 2, 78 / 2), (2, 2 * 82 / 3, 2 * 78 / 3)])
def test_a_scale_out_brings_the_average_down_by_itself(instances: int, busy: float, quiet: float) -> None:
    """From 82 to 41 or 54.7 at minute 8, to 39 or 52 in the quiet time, though nobody unloaded anything."""
    endpoint = GpuMemoryEndpoint(PLAIN, instances, _swinging).run(minutes=240)

    assert pytest.approx([82.0, busy, quiet, 78.0]) == [endpoint.averages[at] for at in (7, 8, 40, 41)]


@pytest.mark.parametrize("instances", [1, 2])
def test_without_scale_in_it_scales_out_once(instances: int) -> None:
    """The low alarm fires as before, and removes nothing."""
    endpoint = GpuMemoryEndpoint(OUT_ONLY, instances, _swinging).run(minutes=240)

    assert [(3, instances + 1)] == endpoint.history


@pytest.mark.parametrize("instances", [1, 2])
def test_memory_that_does_not_move_at_all_does_not_flap(instances: int) -> None:
    """With exactly 82 % all day the low alarm asks for n + 1 again: the flapping needs those two points.

    That is so by the formula we assume; AWS says only that it scales in more gradually than out.
    """
    endpoint = GpuMemoryEndpoint(PLAIN, instances, _steady).run(minutes=240)

    assert [(3, instances + 1)] == endpoint.history
