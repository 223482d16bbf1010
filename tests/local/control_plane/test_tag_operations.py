"""Tags of SageMaker resources."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight.local.emulator.api_error import ValidationError


def test_adds_overwrites_and_deletes(sagemaker: Any) -> None:
    """A key has one value; deleting names keys."""
    arn = sagemaker.model()
    sagemaker("AddTags", ResourceArn=arn, Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "1"}])
    sagemaker("AddTags", ResourceArn=arn, Tags=[{"Key": "a", "Value": "2"}])

    sagemaker("DeleteTags", ResourceArn=arn, TagKeys=["b"])

    assert [{"Key": "a", "Value": "2"}] == sagemaker("ListTags", ResourceArn=arn)["Tags"]


def test_fails_when_the_resource_does_not_exist(sagemaker: Any) -> None:
    """Tags belong to something."""
    arn = "arn:aws:sagemaker:eu-west-1:123456789012:model/none"

    with pytest.raises(ValidationError, match=arn):
        sagemaker("ListTags", ResourceArn=arn)
