"""The registry of the emulator: the CDK CLI asks it whether an image must be built."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from pilotlight.local.images.image_push import push

pytestmark = pytest.mark.thorough

TAG = "0a1b2c"


@pytest.fixture
def repository(stacks: Any) -> str:
    """An empty repository."""
    name = "container-assets"
    stacks.client("ecr").create_repository(repositoryName=name)
    return name


def test_an_image_is_missed_until_it_was_pushed(
    stacks: Any, repository: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As AWS refuses it; the CDK CLI takes every other answer for an image."""
    ecr = stacks.client("ecr")
    with pytest.raises(ClientError) as error:
        ecr.describe_images(repositoryName=repository, imageIds=[{"imageTag": TAG}])
    for name, value in stacks.aws.environment().items():
        monkeypatch.setenv(name, value)
    push(f"123456789012.dkr.ecr.us-east-1.amazonaws.com/{repository}:{TAG}")

    (image,) = ecr.describe_images(repositoryName=repository, imageIds=[{"imageTag": TAG}])["imageDetails"]

    assert "ImageNotFoundException" == error.value.response["Error"]["Code"]
    assert [TAG] == image["imageTags"]
