"""Functions of templates are worked out, and what only a deployment knows stays a symbol with a reason."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight.template.evaluation.evaluator import Evaluator
from pilotlight.template.evaluation.stack import Stack
from pilotlight.template.evaluation.symbol import MOST_CHARACTERS, Pseudo, Reference, Symbol, Text

TEMPLATE: dict[str, Any] = {
    "Parameters": {
        "Stage": {"Type": "String", "Default": "prod"},
        "Names": {"Type": "CommaDelimitedList", "Default": "a, b"},
        "Unset": {"Type": "String"},
        "Stored": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/a/b"},
    },
    "Mappings": {"Sizes": {"prod": {"Count": 2}}},
    "Conditions": {
        "IsProd": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]},
        "IsDev": {"Fn::Not": [{"Condition": "IsProd"}]},
        "Either": {"Fn::Or": [{"Condition": "IsDev"}, {"Condition": "IsProd"}]},
        "Both": {"Fn::And": [{"Condition": "IsProd"}, {"Condition": "Unknown"}]},
        "Unknown": {"Fn::Equals": [{"Ref": "Unset"}, "x"]},
        "Circle": {"Fn::Not": [{"Condition": "Circle"}]},
    },
    "Resources": {
        "Named": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Fn::Sub": "q-${Stage}"}}},
        "Plain": {"Type": "AWS::SQS::Queue"},
    },
}
OTHER: dict[str, Any] = {
    "Resources": {"Bucket": {"Type": "AWS::S3::Bucket"}},
    "Outputs": {
        "Name": {"Value": {"Ref": "Bucket"}, "Export": {"Name": {"Fn::Sub": "${AWS::StackName}-name"}}},
        "List": {"Value": ["a"]},
    },
}


def worked_out(written: Any, **stack: Any) -> Any:
    """What a piece of the template says."""
    here = Stack("here", TEMPLATE, stack.get("region", "cn-north-1"), stack.get("account"))
    stacks = {"here": here, "other": Stack("other", OTHER, "cn-north-1")}
    return Evaluator(stacks).value(here, written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({"Ref": "Stage"}, "prod"),
        ({"Ref": "Names"}, ["a", "b"]),
        ({"Ref": "AWS::Region"}, "cn-north-1"),
        ({"Ref": "AWS::URLSuffix"}, "amazonaws.com.cn"),
        ({"Ref": "AWS::StackName"}, "here"),
        ({"Fn::GetAtt": ["Named", "QueueName"]}, "q-prod"),
        ({"Fn::GetAtt": "Named.QueueName"}, "q-prod"),
        ({"Fn::Sub": "${Stage}-${!Kept}-${Named.QueueName}"}, "prod-${Kept}-q-prod"),
        ({"Fn::Sub": ["${Own}/${Stage}", {"Own": {"Ref": "AWS::Region"}}]}, "cn-north-1/prod"),
        ({"Fn::Join": ["-", ["a", 1, True]]}, "a-1-true"),
        ({"Fn::Split": [",", "a,b"]}, ["a", "b"]),
        ({"Fn::Select": ["1", {"Ref": "Names"}]}, "b"),
        ({"Fn::FindInMap": ["Sizes", {"Ref": "Stage"}, "Count"]}, 2),
        ({"Fn::FindInMap": ["Sizes", "dev", "Count", {"DefaultValue": 1}]}, 1),
        ({"Fn::Base64": "a"}, "YQ=="),
        ({"Fn::If": ["IsProd", "yes", "no"]}, "yes"),
        ({"Fn::If": ["IsDev", "yes", "no"]}, "no"),
        ({"Fn::If": ["Either", 1, 2]}, 1),
        ({"a": 1, "b": {"Fn::If": ["IsDev", 1, {"Ref": "AWS::NoValue"}]}}, {"a": 1}),
        ([1, {"Ref": "AWS::NoValue"}], [1]),
        ({"Condition": {"StringEquals": {"a": "b"}}}, {"Condition": {"StringEquals": {"a": "b"}}}),
    ],
)
def test_what_the_template_says_is_worked_out(written: Any, expected: Any) -> None:
    """Parameters by their defaults, pseudo parameters by where the stack goes."""
    assert expected == worked_out(written)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ({"Ref": "Unset"}, "the parameter Unset has no default"),
        ({"Ref": "Stored"}, "the parameter Stored is in Systems Manager"),
        ({"Ref": "Nobody"}, "there is no Nobody in the template"),
        ({"Fn::GetAtt": ["Nobody", "Arn"]}, "there is no Nobody in the template"),
        ({"Fn::GetAtt": 3}, "an attribute of nothing that has a name"),
        ({"Fn::Join": ["", 3]}, "joins what is not known yet"),
        ({"Fn::Select": [2, ["a"]]}, "selects number 2 of 1"),
        ({"Fn::FindInMap": ["Sizes", "dev", "Count"]}, "the mappings have no Sizes.dev.Count"),
        ({"Fn::If": ["Unknown", 1, 2]}, "only the deployment knows the condition Unknown"),
        ({"Fn::If": ["Both", 1, 2]}, "only the deployment knows the condition Both"),
        ({"Fn::If": ["Circle", 1, 2]}, "only the deployment knows the condition Circle"),
        ({"Fn::Cidr": ["10.0.0.0/16", 2]}, "Fn::Cidr is not worked out here"),
        ({"Fn::Transform": {"Name": "M"}}, "only the deployment runs its macro"),
        ({"Fn::ImportValue": "nobody"}, "no stack at hand exports nobody"),
        ({"Fn::GetStackOutput": {"StackName": "x", "OutputName": "y"}}, "the stack x is not at hand"),
        ({"Fn::GetStackOutput": {"StackName": "other", "OutputName": "List"}}, "an output that is no text"),
    ],
)
def test_what_nobody_knows_says_why(written: Any, why: str) -> None:
    """It is a symbol, not an error."""
    value = worked_out(written)

    assert isinstance(value, Symbol)
    assert why == value.why


def test_a_text_with_a_symbol_is_written_as_sub_does() -> None:
    """The account of a stack that goes anywhere."""
    value = worked_out({"Fn::Join": ["", ["s3://assets-", {"Ref": "AWS::AccountId"}, "/a"]]})

    assert isinstance(value, Text)
    assert "s3://assets-${AWS::AccountId}/a" == str(value)
    assert [Pseudo] == [type(each) for each in value.symbols]
    assert "s3://assets-012345678901/a" == worked_out(
        {"Fn::Sub": "s3://assets-${AWS::AccountId}/a"}, account="012345678901"
    )


@pytest.mark.parametrize(
    "written",
    [
        {"Fn::GetStackOutput": {"StackName": "other", "OutputName": "Name"}},
        {"Fn::ImportValue": {"Fn::Sub": "other-name"}},
    ],
)
def test_a_reference_leads_through_outputs_to_its_resource(written: Any) -> None:
    """Weak or strong, it is the bucket of the other stack."""
    value = worked_out(written)

    assert isinstance(value, Reference)
    assert ("other", "Bucket", "") == (value.stack, value.logical_id, value.attribute)


def test_a_text_cannot_grow_without_end() -> None:
    """Functions that repeat each other's results would fill the memory."""
    long = "x" * (MOST_CHARACTERS // 2 + 1)
    value = worked_out({"Fn::Join": ["", [long, long]]})

    assert f"longer than {MOST_CHARACTERS} characters" == value.why
