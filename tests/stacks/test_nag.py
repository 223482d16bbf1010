"""AwsSolutionsChecks finds nothing, and nothing is swept under a wide rug."""

from __future__ import annotations

from typing import Any

import pytest

WIDE = {"aws-cdk-lib.App", "aws-cdk-lib.Stack"}


@pytest.fixture(scope="module")
def acknowledged(synthesized) -> list[tuple[Any, str, str]]:
    """Every acknowledgement: where, what, why."""
    from aws_cdk import Validations  # noqa: PLC0415 - after Node was found

    key = Validations.ACKNOWLEDGED_RULES_METADATA_KEY
    return [
        (construct, rule, reason)
        for construct in synthesized.app.node.find_all()
        for entry in construct.node.metadata
        if entry.type == key
        for rule, reason in entry.data.items()
    ]


def test_no_finding_is_left(synthesized) -> None:
    """Of both fleets."""
    from cdk_nag import AwsSolutionsChecks  # noqa: PLC0415 - after Node was found

    found = AwsSolutionsChecks(synthesized.app).validate_scope(synthesized.app).violations

    assert [] == [
        (each.rule_name, [where.construct_path for where in each.violating_resources]) for each in found
    ]


def test_an_acknowledgement_stands_on_a_policy(acknowledged) -> None:
    """The narrowest construct a wildcard can be acknowledged on; never a stack or the app."""
    assert acknowledged
    assert {"DefaultPolicy", "Hosting"} == {construct.node.id for construct, _, _ in acknowledged}


def test_an_acknowledgement_is_exact_and_has_a_reason(acknowledged) -> None:
    """One finding each, by its full id, in words."""
    for _, rule, reason in acknowledged:
        assert "AwsSolutions-IAM5[Resource::" in rule
        assert rule.endswith("]")
        assert len(reason.split()) >= 5


def test_an_acknowledgement_is_about_a_wildcard_that_is_there(acknowledged) -> None:
    """What is no longer needed goes."""
    from aws_cdk import Stack  # noqa: PLC0415 - after Node was found

    from pilotlight_cdk.flattened import flattened  # noqa: PLC0415 - after Node was found

    for construct, rule, _ in acknowledged:
        ours = construct.node.id == "Hosting"
        document = Stack.of(construct).resolve(construct.policy_document if ours else construct.document)
        statements = document["Statement"]
        resources = [each["Resource"] for each in statements]
        flat = [flattened(one) for each in resources for one in (each if isinstance(each, list) else [each])]
        assert rule.partition("[Resource::")[2].removesuffix("]") in flat
