"""What a serverless variant publishes."""

from __future__ import annotations

from pilotlight.hosting.real_time_metrics import Outcome
from pilotlight.hosting.serverless import ServerlessVariant
from pilotlight.hosting.serverless_events import Serve
from pilotlight.hosting.serverless_metrics import answered_metrics, concurrency_metrics, served_metrics


def _named(measured: tuple[tuple[object, float], ...]) -> dict[str, float]:
    return {str(getattr(metric, "name", "")): value for metric, value in measured}


def test_only_a_cold_start_has_a_setup_time() -> None:
    """In microseconds; a warm container publishes none, not a zero."""
    state = ServerlessVariant(most=2)

    assert {"Invocations": 1.0, "ModelSetupTime": 5.0} == _named(served_metrics(state, Serve("a", 1, 0, 5)))
    assert {"Invocations": 1.0} == _named(served_metrics(state, Serve("a", 1, 0)))


def test_provisioned_concurrency_counts_what_it_serves_and_what_spills() -> None:
    """The second of two requests finds the one warm container taken."""
    first = ServerlessVariant(most=4, provisioned=1, running={"a": 1})
    second = ServerlessVariant(most=4, provisioned=1, running={"a": 1, "b": 2})

    assert "ServerlessProvisionedConcurrencyInvocations" in _named(served_metrics(first, Serve("a", 1, 0)))
    assert "ServerlessProvisionedConcurrencySpilloverInvocations" in _named(
        served_metrics(second, Serve("b", 2, 0))
    )


def test_the_use_of_the_concurrency_is_a_share() -> None:
    """Of all that is allowed, and of what is provisioned, which is full at 1."""
    state = ServerlessVariant(most=4, provisioned=2, running={"a": 1, "b": 2, "c": 3})

    assert {
        "ServerlessConcurrentExecutionsUtilization": 0.75,
        "ServerlessProvisionedConcurrencyExecutions": 2.0,
        "ServerlessProvisionedConcurrencyUtilization": 1.0,
    } == _named(concurrency_metrics(state))
    assert ["ServerlessConcurrentExecutionsUtilization"] == list(
        _named(concurrency_metrics(ServerlessVariant(most=4)))
    )


def test_an_answer_counts_as_on_instances() -> None:
    """Without the metrics that serverless variants do not publish."""
    assert {
        "ModelLatency": 7.0,
        "OverheadLatency": 2.0,
        "Invocation4XXErrors": 0.0,
        "Invocation5XXErrors": 1.0,
    } == _named(answered_metrics(Outcome(None, 7, 2)))
