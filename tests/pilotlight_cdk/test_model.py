"""A model has an image, files, and a role that may do what these need."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pilotlight.spec import FleetRefused, ModelSpec
from pilotlight_cdk import Model, ModelArtifact, ModelImage

SKLEARN = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.4-2-cpu-py3"


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A model directory."""
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "inference.py").write_text("")
    return tmp_path


def container_of(resources: Any) -> dict[str, Any]:
    """The primary container of the only model."""
    return resources.one("SageMaker::Model")["PrimaryContainer"]


def test_a_directory_becomes_a_tarball_under_its_hash(
    new_stack, new_model, resources_of, directory: Path
) -> None:
    """The key ends in .tar.gz, which SageMaker demands, and changes only with the content."""
    stacks = [new_stack(), new_stack()]
    for stack in stacks:
        new_model(stack, artifact=ModelArtifact.from_directory(directory))

    urls = [container_of(resources_of(stack))["ModelDataUrl"]["Fn::Sub"] for stack in stacks]

    assert urls[0] == urls[1]
    assert urls[0].startswith("s3://cdk-hnb659fds-assets-${AWS::AccountId}-us-east-1/")
    assert urls[0].endswith(".tar.gz")


def test_the_role_reads_exactly_the_uploaded_tarball(
    new_stack, new_model, resources_of, directory: Path
) -> None:
    """Other assets of the account stay closed to it."""
    stack = new_stack()
    new_model(stack, artifact=ModelArtifact.from_directory(directory))
    resources = resources_of(stack)

    resource = resources.statement("ModelRole", "s3:GetObject")["Resource"]["Fn::Join"][1]

    assert "arn:aws:s3:::" == resource[0]
    assert container_of(resources)["ModelDataUrl"]["Fn::Sub"] == f"s3://{resource[1]['Fn::Sub']}{resource[2]}"


def test_a_prefix_is_a_data_source_without_compression(new_stack, new_model, resources_of) -> None:
    """SageMaker copies the objects below it; the role may read and list them, and no others."""
    stack = new_stack()
    new_model(stack, artifact=ModelArtifact.from_uri("s3://weights/llm/v1/"), accept_eula=True)
    resources = resources_of(stack)

    source = container_of(resources)["ModelDataSource"]["S3DataSource"]

    assert {
        "S3Uri": "s3://weights/llm/v1/",
        "S3DataType": "S3Prefix",
        "CompressionType": "None",
        "ModelAccessConfig": {"AcceptEula": True},
    } == source
    assert "arn:aws:s3:::weights/llm/v1/*" == resources.statement("Role", "s3:GetObject")["Resource"]
    listing = resources.statement("Role", "s3:ListBucket")
    assert {"StringLike": {"s3:prefix": "llm/v1/*"}} == listing["Condition"]
    assert "arn:aws:s3:::weights" == listing["Resource"]


def test_a_whole_bucket_can_be_the_prefix(new_stack, new_model, resources_of) -> None:
    """`s3://bucket/` means all of its objects."""
    stack = new_stack()
    new_model(stack, artifact=ModelArtifact.from_uri("s3://weights/"))
    resources = resources_of(stack)

    assert "s3://weights/" == container_of(resources)["ModelDataSource"]["S3DataSource"]["S3Uri"]
    assert "arn:aws:s3:::weights/*" == resources.statement("Role", "s3:GetObject")["Resource"]


def test_a_tarball_of_a_bucket_comes_with_its_key(new_stack, new_model, resources_of) -> None:
    """Reading an object that a customer-managed key encrypts takes that key."""
    from aws_cdk import aws_kms as kms  # noqa: PLC0415 - after Node was found
    from aws_cdk import aws_s3 as s3  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    bucket = s3.Bucket(stack, "Models", encryption_key=kms.Key(stack, "Key"))
    new_model(stack, artifact=ModelArtifact.from_bucket(bucket, "ocr/7/model.tar.gz"))
    resources = resources_of(stack)

    assert "/ocr/7/model.tar.gz" == container_of(resources)["ModelDataUrl"]["Fn::Join"][1][-1]
    assert ["kms:Decrypt", "kms:GenerateDataKey"] == resources.statement("Role", "kms:Decrypt")["Action"]


def test_the_model_waits_for_its_permissions(new_stack, new_model, resources_of) -> None:
    """SageMaker looks for the artefact when the model is created: the policy must be there by then."""
    stack = new_stack()
    new_model(stack)
    resources = resources_of(stack)

    (model,) = [each for each in resources.by_id.values() if each["Type"] == "AWS::SageMaker::Model"]
    waited_for = {resources.by_id[name]["Type"] for name in model["DependsOn"]}

    assert {"AWS::IAM::Policy"} == waited_for  # and for the role, whose ARN it names


def test_the_model_waits_for_what_is_granted_to_it_later(new_stack, new_model, resources_of) -> None:
    """The key of the artefact's bucket, for example, which nobody but the user knows."""
    from aws_cdk import aws_kms as kms  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    kms.Key(stack, "Key").grant_decrypt(new_model(stack))
    resources = resources_of(stack)

    (model,) = [each for each in resources.by_id.values() if each["Type"] == "AWS::SageMaker::Model"]
    policies = [name for name, each in resources.by_id.items() if each["Type"] == "AWS::IAM::Policy"]
    assert 2 == len(policies)
    assert {*policies} == {*model["DependsOn"]}


def test_the_container_is_cut_off_from_networks_unless_it_needs_one(
    new_stack, new_model, resources_of
) -> None:
    """Isolation is the default and has to be given up by name."""
    stack, open_stack = new_stack(), new_stack()
    new_model(stack)
    new_model(open_stack, network_isolation=False)

    assert resources_of(stack).one("SageMaker::Model")["EnableNetworkIsolation"] is True
    assert resources_of(open_stack).one("SageMaker::Model")["EnableNetworkIsolation"] is False


def test_only_sagemaker_of_this_account_assumes_the_role(new_stack, new_model, resources_of) -> None:
    """Nobody else's SageMaker can be talked into using it."""
    stack = new_stack()
    new_model(stack)

    (trust,) = resources_of(stack).one("IAM::Role")["AssumeRolePolicyDocument"]["Statement"]

    assert {"Service": "sagemaker.amazonaws.com"} == trust["Principal"]
    assert ["aws:SourceArn"] == list(trust["Condition"]["ArnLike"])


def test_a_framework_image_runs_the_script_of_the_artifact(
    new_stack, new_model, resources_of, directory: Path
) -> None:
    """Image from the catalogue, variables that make it find code/inference.py; the user's own win."""
    stack = new_stack()
    new_model(
        stack,
        image=ModelImage.from_framework("scikit-learn", version="1.4-2"),
        artifact=ModelArtifact.from_directory(directory),
        environment={"SAGEMAKER_PROGRAM": "serve.py", "LEVEL": "1"},
    )
    container = container_of(resources_of(stack))

    assert SKLEARN == container["Image"]
    assert {
        "SAGEMAKER_PROGRAM": "serve.py",
        "SAGEMAKER_SUBMIT_DIRECTORY": "/opt/ml/model/code",
        "LEVEL": "1",
    } == container["Environment"]


def test_the_role_pulls_from_one_repository(new_stack, new_model, resources_of) -> None:
    """The repository of the image, in the registry's account."""
    stack = new_stack()
    new_model(stack, image=ModelImage.from_framework("scikit-learn", version="1.4-2"))

    pull = resources_of(stack).statement("Role", "ecr:BatchGetImage")

    assert "arn:aws:ecr:us-east-1:683313688378:repository/sagemaker-scikit-learn" == pull["Resource"]


def test_an_image_can_come_from_a_repository_of_the_app(new_stack, new_model, resources_of) -> None:
    """The repository may be a construct; its URI is only known to CloudFormation."""
    from aws_cdk import aws_ecr as ecr  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    new_model(stack, image=ModelImage.from_ecr(ecr.Repository(stack, "Images"), tag="7"))
    resources = resources_of(stack)

    assert ":7" == container_of(resources)["Image"]["Fn::Join"][1][-1]
    assert "Fn::GetAtt" in resources.statement("Role", "ecr:BatchGetImage")["Resource"]


def test_the_cdk_s_own_grants_take_a_model(new_stack, new_model, resources_of) -> None:
    """A model is an IGrantable: what is granted to it, its role gets."""
    from aws_cdk import aws_sqs as sqs  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    sqs.Queue(stack, "Queue").grant_send_messages(new_model(stack))

    assert "sqs:SendMessage" in resources_of(stack).statement("ModelRole", "sqs:SendMessage")["Action"]


def test_a_role_of_the_user_gets_the_permissions_added(new_stack, new_model, resources_of) -> None:
    """No second role is created."""
    from aws_cdk import aws_iam as iam  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    role = iam.Role(stack, "Mine", assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com"))
    new_model(stack, role=role)
    resources = resources_of(stack)

    assert 1 == len(resources.all("IAM::Role"))
    assert resources.statement("Mine", "ecr:BatchGetImage")


@pytest.mark.parametrize(
    ("spec", "image"),
    [
        (ModelSpec(framework="scikit-learn", version="1.4-2"), SKLEARN),
        (ModelSpec.model_validate({"ecr": {"repository": "ours", "tag": "7"}}), {"Fn::Sub", "Fn::Join"}),
        (ModelSpec(image="123456789012.dkr.ecr.us-east-1.amazonaws.com/ours:7"), None),
    ],
    ids=["framework", "ecr", "image"],
)
def test_from_spec_takes_each_way_to_name_an_image(
    spec: ModelSpec, image: Any, new_stack, resources_of
) -> None:
    """A fleet file names an image in one of three ways."""
    stack = new_stack()
    model = Model.from_spec(stack, "Model", spec, instance_type="ml.m5.large")
    found = container_of(resources_of(stack))["Image"]

    if isinstance(image, set):
        assert image & {*found}
    else:
        assert (image or spec.image) == found
    assert spec == model.spec


@pytest.mark.parametrize(
    "keywords",
    [
        {"image": ModelImage.from_uri("ubuntu:24.04")},
        {"image": ModelImage.from_framework("scikit-lern", version="1.4-2")},
        {"artifact": ModelArtifact.from_uri("https://weights/model.tar.gz")},
        {"artifact": ModelArtifact.from_uri("s3://b/model.tar.gz")},
        {"artifact": ModelArtifact.from_uri("s3://weights/*/")},
        {"artifact": ModelArtifact.from_uri("s3://weights/model.tar.gz"), "accept_eula": True},
    ],
    ids=["not in ECR", "unknown framework", "not in S3", "no bucket", "no key", "licence of a tarball"],
)
def test_fails_when_sagemaker_could_not_use_it(keywords: dict[str, Any], new_stack, new_model) -> None:
    """What would fail on AWS after minutes fails at synth."""
    with pytest.raises(FleetRefused):
        new_model(new_stack(), **keywords)


def test_fails_when_a_framework_image_would_depend_on_an_unknown_region(new_stack, new_model) -> None:
    """Accounts and versions differ between regions, so a stack for any region cannot choose."""
    with pytest.raises(FleetRefused, match="region"):
        new_model(new_stack(region=None), image=ModelImage.from_framework("scikit-learn", version="1.4-2"))
