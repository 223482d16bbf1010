"""How long loading a model may take."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotlight.catalog.limits import MODEL_DATA_DOWNLOAD_TIMEOUT, STARTUP_HEALTH_CHECK_TIMEOUT
from pilotlight.jumpstart.timeouts import timeouts_of
from pilotlight.spec.jumpstart_model import LoadTimeouts

GIB = 2**30


def _seconds(timeouts: LoadTimeouts) -> tuple[int | None, ...]:
    limits = (timeouts.model_data_download, timeouts.container_startup_health_check)
    return tuple(None if limit is None else round(limit.total_seconds()) for limit in limits)


def test_published_limits_win(data) -> None:
    """AWS's own word counts more than a guess, even when it gives only one of the two."""
    facts = replace(data.facts("tiny-llm", "1.0.0"), download_timeout=1200, artifact_bytes=80 * GIB)

    timeouts = timeouts_of(facts)

    assert (1200, None) == _seconds(timeouts)
    assert timeouts.source.startswith("documented")


@pytest.mark.parametrize(("size", "seconds"), [(GIB, 480), (80 * GIB, 1680), (400 * GIB, 3600)])
def test_a_known_size_decides(data, size: int, seconds: int) -> None:
    """80 GiB at 50 MiB/s take 1638.4 s, so 28 minutes; eight minutes at least, AWS's maximum at most."""
    timeouts = timeouts_of(replace(data.facts("tiny-cpu", "1.9.0"), artifact_bytes=size))

    assert (seconds, seconds) == _seconds(timeouts)
    assert timeouts.source.startswith("assumed")


def test_an_image_for_large_language_models_gets_the_maximum(data) -> None:
    """The offline data knows neither limits nor sizes, and SageMaker's own eight minutes are too short."""
    timeouts = timeouts_of(data.facts("tiny-llm", "1.0.0"))

    assert (MODEL_DATA_DOWNLOAD_TIMEOUT.maximum, STARTUP_HEALTH_CHECK_TIMEOUT.maximum) == _seconds(timeouts)
    assert timeouts.source.startswith("assumed")


def test_other_models_keep_the_limits_of_sagemaker(data) -> None:
    """No guess is made where the default is likely to do."""
    assert (None, None) == _seconds(timeouts_of(data.facts("tiny-cpu", "1.9.0")))


@given(size=st.integers(0, 2**50), more=st.integers(0, 2**50))
def test_a_larger_artefact_never_gets_less_time(data, size: int, more: int) -> None:
    """The guess grows with the size and stays within AWS's limits."""
    facts = data.facts("tiny-cpu", "1.9.0")

    smaller, larger = (
        _seconds(timeouts_of(replace(facts, artifact_bytes=each)))[0] or 0 for each in (size, size + more)
    )

    assert 480 <= smaller <= larger <= 3600
