"""Which version is locked."""

from __future__ import annotations

import pytest

from pilotlight.jumpstart.refused import JumpStartRefused
from pilotlight.jumpstart.version_choice import chosen_version


def test_the_newest_version_is_chosen_by_number(data) -> None:
    """1.10.0 is newer than 1.9.0."""
    assert "1.10.0" == chosen_version(data, "tiny-cpu", None)


def test_a_newer_version_without_an_image_is_passed_over(data) -> None:
    """Nothing could be deployed of it."""
    assert ("1.0.0", "1.1.0") == (chosen_version(data, "tiny-llm", None), data.versions("tiny-llm")[-1])


def test_a_wanted_version_is_taken(data) -> None:
    """Pinning an old one is what the lock is for."""
    assert "1.9.0" == chosen_version(data, "tiny-cpu", "1.9.0")


@pytest.mark.parametrize(
    ("model_id", "version", "message"),
    [
        ("tiny-lm", None, r"got tiny-lm, allowed one of 4 model ids \(did you mean tiny-llm\?\)"),
        ("GATE", None, "got GATE, allowed tiny-gated"),
        ("", None, "allowed one of 4 model ids"),
        ("tiny-cpu", "1.9.1", r"got 1\.9\.1, allowed 1\.10\.0, 1\.9\.0 \(did you mean 1\.9\.0\?\)"),
        ("tiny-llm", "1.1.0", r"names no image .* got 1\.1\.0, allowed 1\.0\.0 \(--live asks AWS\)"),
    ],
)
def test_fails_when_there_is_no_such_model_or_version(data, model_id, version, message) -> None:
    """The refusal helps to what there is."""
    with pytest.raises(JumpStartRefused, match=message):
        chosen_version(data, model_id, version)
