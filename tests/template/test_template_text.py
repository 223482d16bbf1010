"""Templates as text: JSON, and YAML with CloudFormation's short tags."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pilotlight.template.stripped import stripped
from pilotlight.template.template_text import template_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: !Ref B", {"Ref": "B"}),
        ("a: !GetAtt B.Arn", {"Fn::GetAtt": "B.Arn"}),
        ("a: !Sub '${B}'", {"Fn::Sub": "${B}"}),
        ("a: !Join ['-', [!Ref B, c]]", {"Fn::Join": ["-", [{"Ref": "B"}, "c"]]}),
        ("a: !If [C, !Ref AWS::NoValue, 1]", {"Fn::If": ["C", {"Ref": "AWS::NoValue"}, 1]}),
        ("a: !Condition C", {"Condition": "C"}),
        ("a: 2010-09-09", "2010-09-09"),
        ("a: 1.5", 1.5),
        ("a: 'true'", "true"),
        ("a: yes", True),
        ("a: ~", None),
        ("a: !!python/object:os.system x", "x"),
        ("a: !!int x", "x"),
        ('{"a": {"Ref": "B"}}', {"Ref": "B"}),
    ],
)
def test_short_tags_are_read_in_their_long_form(text: str, expected: Any, tmp_path: Path) -> None:
    """Nothing is ever constructed; a date is text, as CloudFormation's version is."""
    file = tmp_path / "template.yaml"
    file.write_text(text, encoding="utf-8")

    assert {"a": expected} == template_text(file)


def test_metadata_descriptions_and_tags_are_stripped() -> None:
    """Where they are CloudFormation's own; what somebody called so stays."""
    template = {
        "Description": "x",
        "Metadata": {},
        "Outputs": {"Description": {"Value": "v", "Description": "x"}},
        "Resources": {
            "Tags": {
                "Type": "T",
                "Metadata": {},
                "Properties": {"Tags": [], "Description": "x", "Environment": {"Tags": "kept"}},
            }
        },
    }

    assert {
        "Outputs": {"Description": {"Value": "v"}},
        "Resources": {"Tags": {"Type": "T", "Properties": {"Environment": {"Tags": "kept"}}}},
    } == stripped(template)
