"""What a request may name beside its endpoint, and what it must."""

from __future__ import annotations

import pytest

from pilotlight.hosting.invocation_target import COMPONENT_MISSING, InvocationTarget, TargetRules

DIRECT = TargetRules(containers=frozenset({"intent", "language"}))
COMPONENTS = TargetRules(components=frozenset({"llama"}))


@pytest.mark.parametrize(
    ("rules", "named"),
    [
        (TargetRules(), InvocationTarget()),
        (TargetRules(models=True), InvocationTarget(model="a.tar.gz")),
        (DIRECT, InvocationTarget(container="intent")),
        (COMPONENTS, InvocationTarget(component="llama")),
    ],
)
def test_what_fits_is_taken(rules: TargetRules, named: InvocationTarget) -> None:
    """Each kind of endpoint has its own name to give."""
    assert rules.refusal("e", named) is None


@pytest.mark.parametrize(
    ("rules", "named", "says"),
    [
        (TargetRules(), InvocationTarget(model="a"), "TargetModel must not be given"),
        (TargetRules(), InvocationTarget(container="a"), "TargetContainerHostname must not be given"),
        (TargetRules(), InvocationTarget(component="a"), "InferenceComponentName must not be given"),
        (DIRECT, InvocationTarget(), "must be given, allowed intent, language"),
        (DIRECT, InvocationTarget(container="x"), "got x, allowed intent, language"),
        (COMPONENTS, InvocationTarget(), COMPONENT_MISSING),
        (COMPONENTS, InvocationTarget(component="x"), '"x" was not found'),
        (COMPONENTS, InvocationTarget(component="llama", container="a"), "must not be given"),
    ],
)
def test_what_does_not_fit_is_refused(rules: TargetRules, named: InvocationTarget, says: str) -> None:
    """The words say what was given and what would be right."""
    assert says in str(rules.refusal("e", named))
