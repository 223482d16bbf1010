"""What a directly invoked container publishes."""

from __future__ import annotations

import pytest

from pilotlight.hosting.container_metrics import container_metrics
from pilotlight.hosting.real_time_metrics import Outcome


@pytest.mark.parametrize(
    ("status", "refused", "failed"), [(200, 0.0, 0.0), (415, 1.0, 0.0), (500, 0.0, 1.0), (None, 0.0, 1.0)]
)
def test_a_container_counts_its_own_errors(status: int | None, refused: float, failed: float) -> None:
    """An answer that never came is the server's fault."""
    measured = {metric.name: value for metric, value in container_metrics(Outcome(status, 7, 2))}

    assert {
        "Invocations": 1.0,
        "ContainerLatency": 7.0,
        "OverheadLatency": 2.0,
        "Invocation4XXErrors": refused,
        "Invocation5XXErrors": failed,
    } == measured
    assert {("EndpointName", "VariantName", "ContainerName")} == {
        metric.dimensions for metric, _ in container_metrics(Outcome(status, 7, 2))
    }
