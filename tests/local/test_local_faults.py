"""Faults that tests switch on."""

from __future__ import annotations

import pytest

from pilotlight.local.faults import FAULTS_VARIABLE, LocalFault, local_faults


def test_nothing_is_faulty_unless_it_is_switched_on() -> None:
    """No variable, or an empty one, means no fault."""
    assert frozenset() == local_faults({})
    assert frozenset() == local_faults({FAULTS_VARIABLE: ""})


def test_names_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spaces do not matter; the default is the environment of the process."""
    monkeypatch.setenv(FAULTS_VARIABLE, "duplicate-notifications, reorder-notifications")

    assert {LocalFault.DUPLICATE_NOTIFICATIONS, LocalFault.REORDER_NOTIFICATIONS} == local_faults()


def test_fails_when_a_fault_does_not_exist() -> None:
    """A misspelt fault would be a test that tests nothing."""
    with pytest.raises(ValueError, match="got duplicates, allowed duplicate-notifications"):
        local_faults({FAULTS_VARIABLE: "duplicates,transient-writes"})
