"""Models: made, described, listed and deleted as SageMaker does."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight.local.emulator.api_error import ValidationError

ARN = "arn:aws:sagemaker:eu-west-1:123456789012:model/model"


def test_describes_what_was_given(sagemaker: Any) -> None:
    """The container comes back as it was sent, with name, ARN and time."""
    sagemaker.model()

    model = sagemaker("DescribeModel", ModelName="model")

    assert ("model", ARN) == (model["ModelName"], model["ModelArn"])
    assert {"Image": "repository:tag"} == model["PrimaryContainer"]
    assert model["EnableNetworkIsolation"] is False


def test_fails_when_the_name_is_taken(sagemaker: Any) -> None:
    """Names are unique in a region."""
    sagemaker.model()

    with pytest.raises(ValidationError, match=f'Cannot create already existing model "{ARN}"'):
        sagemaker.model()


@pytest.mark.parametrize("operation", ["DescribeModel", "DeleteModel"])
def test_fails_when_there_is_no_such_model(sagemaker: Any, operation: str) -> None:
    """The message names the ARN, as SageMaker's does."""
    with pytest.raises(ValidationError, match=f'Could not find model "{ARN}"'):
        sagemaker(operation, ModelName="model")


def test_a_deleted_model_is_gone_with_its_tags(sagemaker: Any) -> None:
    """Its name is free again, and its tags do not come back with it."""
    sagemaker.model()
    sagemaker("AddTags", ResourceArn=ARN, Tags=[{"Key": "team", "Value": "a"}])

    sagemaker("DeleteModel", ModelName="model")
    sagemaker.model()

    assert [] == sagemaker("ListTags", ResourceArn=ARN)["Tags"]


@pytest.mark.parametrize(
    ("container", "message"),
    [
        ({}, "must specify Image or ModelPackageName"),
        (
            {
                "Image": "i",
                "ModelDataUrl": "s3://b/m",
                "ModelDataSource": {
                    "S3DataSource": {
                        "S3Uri": "s3://b/m/",
                        "S3DataType": "S3Prefix",
                        "CompressionType": "None",
                    }
                },
            },
            "ModelDataUrl and ModelDataSource cannot both",
        ),
        (
            {
                "Image": "i",
                "ModelDataSource": {
                    "S3DataSource": {"S3Uri": "s3://b/m", "S3DataType": "S3Prefix", "CompressionType": "None"}
                },
            },
            "must end with a slash, got s3://b/m",
        ),
        ({"Image": "i", "Environment": {f"K{i}": "v" * 1000 for i in range(40)}}, "must not exceed"),
    ],
)
def test_fails_when_the_container_contradicts_itself(
    sagemaker: Any, container: dict[str, Any], message: str
) -> None:
    """What the shape of the request cannot say is checked too."""
    with pytest.raises(ValidationError, match=message):
        sagemaker("CreateModel", ModelName="m", PrimaryContainer=container)


def test_fails_when_no_container_is_given(sagemaker: Any) -> None:
    """A model without a container could never start."""
    with pytest.raises(ValidationError, match="one of PrimaryContainer and Containers must be specified"):
        sagemaker("CreateModel", ModelName="m")


def test_lists_in_pages(sagemaker: Any) -> None:
    """Filter, order and token work together."""
    for name in ("first", "second", "third", "other"):
        sagemaker.model(name)

    page = sagemaker("ListModels", NameContains="R", SortBy="Name", SortOrder="Ascending", MaxResults=2)
    rest = sagemaker(
        "ListModels", NameContains="R", SortBy="Name", SortOrder="Ascending", NextToken=page["NextToken"]
    )

    assert ["first", "other"] == [each["ModelName"] for each in page["Models"]]
    assert ["third"] == [each["ModelName"] for each in rest["Models"]]
    assert rest["NextToken"] is None


def test_fails_when_two_containers_share_a_name(sagemaker: Any) -> None:
    """A host name identifies its container."""
    containers = [{"Image": "i", "ContainerHostname": "a"}, {"Image": "i", "ContainerHostname": "a"}]

    with pytest.raises(ValidationError, match="ContainerHostname must be unique, got a 2 times"):
        sagemaker("CreateModel", ModelName="m", Containers=containers)


def test_fails_when_a_directly_invoked_container_has_no_name(sagemaker: Any) -> None:
    """No request could name it."""
    with pytest.raises(ValidationError, match="must be specified for containers that are invoked directly"):
        sagemaker(
            "CreateModel",
            ModelName="m",
            Containers=[{"Image": "i"}, {"Image": "i"}],
            InferenceExecutionConfig={"Mode": "Direct"},
        )


def test_describes_how_its_containers_run(sagemaker: Any) -> None:
    """Containers and mode come back as they were given."""
    containers = [{"Image": "i", "ContainerHostname": name} for name in ("a", "b")]
    mode = {"Mode": "Serial"}
    sagemaker("CreateModel", ModelName="m", Containers=containers, InferenceExecutionConfig=mode)

    described = sagemaker("DescribeModel", ModelName="m")

    assert (containers, mode) == (described["Containers"], described["InferenceExecutionConfig"])
