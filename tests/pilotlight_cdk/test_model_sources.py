"""Where a model's image comes from: what is made for each source, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pilotlight.spec import FleetRefused, ModelSpec
from pilotlight_cdk import Model, ModelArtifact, ModelImage
from tests.spec.source_faults import ACCOUNT, DIGEST, FUNCTION, KEY_ID, PACKAGE, REGISTRY, SECRETS

OTHER = "999999999999"


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A directory with a Dockerfile."""
    (tmp_path / "Dockerfile").write_text("FROM scratch\n")
    return tmp_path


@pytest.fixture
def model_of(new_stack, resources_of):
    """Build the model that a fleet file would describe, and give its stack and resources."""

    def make(instance_type: str = "ml.m5.large", source_root: Path | None = None, **said: Any) -> Any:
        stack = new_stack()
        spec = ModelSpec.model_validate(said)
        Model.from_spec(stack, "Model", spec, instance_type=instance_type, source_root=source_root)
        return stack, resources_of(stack)

    return make


def container_of(resources: Any) -> dict[str, Any]:
    """The primary container of the only model."""
    return resources.one("SageMaker::Model")["PrimaryContainer"]


def images_of(stack: Any) -> list[dict[str, Any]]:
    """The images that the CDK CLI will build for a stack's app."""
    assembly = stack.node.root.synth()
    (manifest,) = Path(assembly.directory).glob("*.assets.json")
    return [each["source"] for each in json.loads(manifest.read_text())["dockerImages"].values()]


def test_an_image_of_another_account_is_pulled_from_there(model_of) -> None:
    """URI and permission name the other account's repository, and no other."""
    _, resources = model_of(ecr={"repository": "team/ocr", "digest": DIGEST, "account": OTHER})

    image = json.dumps(container_of(resources)["Image"])
    pull = json.dumps(resources.statement("Role", "ecr:BatchGetImage")["Resource"])

    assert f"{OTHER}.dkr.ecr.us-east-1." in image
    assert f"/team/ocr@{DIGEST}" in image
    assert f":ecr:us-east-1:{OTHER}:repository/team/ocr" in pull


@pytest.mark.parametrize(
    ("instance_type", "platform"), [("ml.m5.large", "linux/amd64"), ("ml.c7g.large", "linux/arm64")]
)
def test_a_dockerfile_is_built_for_the_processors_of_the_instances(
    model_of, directory: Path, instance_type: str, platform: str
) -> None:
    """Whoever deploys may sit at another kind of machine, so the platform is always said."""
    build = {"directory": ".", "build_args": {"VERSION": "3"}, "target": "serve"}
    stack, resources = model_of(instance_type, directory, build=build)

    (source,) = images_of(stack)

    assert platform == source["platform"]
    assert {"VERSION": "3"} == source["dockerBuildArgs"]
    assert "serve" == source["dockerBuildTarget"]
    assert "cdk-hnb659fds-container-assets-" in container_of(resources)["Image"]["Fn::Sub"]


def test_the_role_pulls_the_built_image(model_of, directory: Path) -> None:
    """The repository is the one that `cdk bootstrap` made."""
    _, resources = model_of(source_root=directory, build={"directory": "."})

    pull = json.dumps(resources.statement("Role", "ecr:BatchGetImage")["Resource"])

    assert ":repository/" in pull
    assert "cdk-hnb659fds-container-assets-" in pull


def test_a_private_registry_is_reached_through_the_vpc(new_stack, resources_of) -> None:
    """The role may ask exactly that function for the credentials, and pulls nothing of ECR."""
    from aws_cdk import aws_ec2 as ec2  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    vpc = ec2.Vpc.from_vpc_attributes(
        stack, "Vpc", vpc_id="vpc-1", availability_zones=["a"], private_subnet_ids=["subnet-1"]
    )
    image = ModelImage.from_private_registry(REGISTRY["image"], credentials_provider=FUNCTION)
    Model(stack, "Model", image=image, vpc=vpc)
    resources = resources_of(stack)

    config = container_of(resources)["ImageConfig"]

    assert "Vpc" == config["RepositoryAccessMode"]
    assert {"RepositoryCredentialsProviderArn": FUNCTION} == config["RepositoryAuthConfig"]
    assert FUNCTION == resources.statement("Role", "lambda:InvokeFunction")["Resource"]
    assert not [each for each in resources.statements("Role") if "ecr:BatchGetImage" in each["Action"]]


def test_a_registry_without_credentials_says_none(new_stack, resources_of) -> None:
    """A registry that asks nobody takes no function."""
    from aws_cdk import aws_ec2 as ec2  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    vpc = ec2.Vpc.from_vpc_attributes(
        stack, "Vpc", vpc_id="vpc-1", availability_zones=["a"], private_subnet_ids=["subnet-1"]
    )
    Model(stack, "Model", image=ModelImage.from_private_registry(REGISTRY["image"]), vpc=vpc)

    assert {"RepositoryAccessMode": "Vpc"} == container_of(resources_of(stack))["ImageConfig"]


def test_a_function_of_the_stack_may_give_the_credentials(new_stack, resources_of) -> None:
    """The construct is as good as its ARN."""
    from aws_cdk import aws_ec2 as ec2  # noqa: PLC0415 - after Node was found
    from aws_cdk import aws_lambda as lambda_  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    vpc = ec2.Vpc.from_vpc_attributes(
        stack, "Vpc", vpc_id="vpc-1", availability_zones=["a"], private_subnet_ids=["subnet-1"]
    )
    function = lambda_.Function.from_function_name(stack, "Credentials", "registry-credentials")
    image = ModelImage.from_private_registry(REGISTRY["image"], credentials_provider=function)
    Model(stack, "Model", image=image, vpc=vpc)

    provider = container_of(resources_of(stack))["ImageConfig"]["RepositoryAuthConfig"]

    assert ":function:registry-credentials" in json.dumps(provider)


def test_a_model_package_brings_everything(model_of) -> None:
    """Nothing stands beside it: no image, no files, no variables, and no permission to pull."""
    _, resources = model_of(model_package=PACKAGE)

    assert {"ModelPackageName": PACKAGE} == container_of(resources)
    assert not [each for each in resources.statements("Role") if "ecr:BatchGetImage" in each["Action"]]


def test_a_secret_is_named_and_readable_but_nowhere_in_the_template(model_of) -> None:
    """The container learns which secret, and its role may read that one."""
    image = f"{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/ocr:1"
    _, resources = model_of(image=image, network_isolation=False, secrets=SECRETS)

    read = resources.statement("Role", "secretsmanager:GetSecretValue")

    assert {"HF_TOKEN_SECRET_ID": "prod/hugging-face"} == container_of(resources)["Environment"]
    assert "secretsmanager:GetSecretValue" == read["Action"]
    assert ":secret:prod/hugging-face-??????" in json.dumps(read["Resource"])
    assert "{{resolve" not in json.dumps(resources.template)


def test_a_secret_of_the_stack_comes_with_its_key(new_stack, new_model, resources_of) -> None:
    """Reading a secret that a customer-managed key encrypts takes that key."""
    from aws_cdk import aws_kms as kms  # noqa: PLC0415 - after Node was found
    from aws_cdk import aws_secretsmanager as secretsmanager  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    secret = secretsmanager.Secret(stack, "Token", encryption_key=kms.Key(stack, "Key"))
    new_model(stack, network_isolation=False, secrets={"HF_TOKEN": secret})
    resources = resources_of(stack)

    named = container_of(resources)["Environment"]["HF_TOKEN_SECRET_ID"]

    assert named["Ref"].startswith("Token")
    assert "kms:Decrypt" in json.dumps(resources.by_id)


def test_a_secret_with_an_arn_is_read_by_it(model_of) -> None:
    """Of another account, for example."""
    arn = f"arn:aws:secretsmanager:us-east-1:{OTHER}:secret:prod/hugging-face-a1B2c3"
    image = f"{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/ocr:1"
    _, resources = model_of(image=image, network_isolation=False, secrets={"HF_TOKEN": arn})

    assert arn == resources.statement("Role", "secretsmanager:GetSecretValue")["Resource"]


def refused_path(error: pytest.ExceptionInfo[FleetRefused]) -> str:
    """The key that the only refusal blames."""
    (refusal,) = error.value.refusals
    return refusal.path.rpartition("Model.")[2]


@pytest.mark.parametrize(
    ("keywords", "path"),
    [
        ({"image": ModelImage.from_private_registry(REGISTRY["image"])}, "vpc"),
        (
            {
                "image": ModelImage.from_model_package(PACKAGE),
                "artifact": ModelArtifact.from_uri("s3://weights/m.tar.gz"),
            },
            "artifact",
        ),
        ({"image": ModelImage.from_model_package(PACKAGE), "environment": {"A": "1"}}, "environment"),
        ({"image": ModelImage.from_model_package("ranker")}, "image"),
        ({"image": ModelImage.from_dockerfile("/nowhere")}, "image"),
        ({"secrets": SECRETS}, "secrets"),
        ({"environment": {"HF_TOKEN": "x"}}, "environment.HF_TOKEN"),
        ({"environment": {"A": KEY_ID}}, "environment.A"),
    ],
)
def test_fails_when_the_parts_of_a_model_do_not_fit(
    new_stack, new_model, keywords: dict[str, Any], path: str
) -> None:
    """Before there is a template."""
    with pytest.raises(FleetRefused) as error:
        new_model(new_stack(), **keywords)

    assert path == refused_path(error)


def test_fails_when_a_variable_is_a_secret_that_cloudformation_would_fill_in(new_stack, new_model) -> None:
    """DescribeModel would show it to everybody who may call that."""
    from aws_cdk import SecretValue  # noqa: PLC0415 - after Node was found

    value = SecretValue.secrets_manager("prod/key").unsafe_unwrap()
    with pytest.raises(FleetRefused) as error:
        new_model(new_stack(), environment={"LICENCE": value})

    assert "environment.LICENCE" == refused_path(error)


def test_fails_when_a_repository_is_given_without_tag_or_digest(new_stack, new_model) -> None:
    """`latest` is never assumed."""
    from aws_cdk import aws_ecr as ecr  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    repository = ecr.Repository.from_repository_name(stack, "Repository", "ocr")
    with pytest.raises(FleetRefused) as error:
        new_model(stack, image=ModelImage.from_ecr(repository))

    assert "image" == refused_path(error)


@pytest.mark.parametrize(
    ("make", "path"),
    [
        (
            lambda: ModelImage.from_private_registry("ocr:1"),
            "ModelImage.from_private_registry.image",
        ),
        (
            lambda: ModelImage.from_private_registry(REGISTRY["image"], credentials_provider="f"),
            "ModelImage.from_private_registry.credentials_provider",
        ),
        (
            lambda: ModelImage.from_dockerfile(".", build_args={"A": KEY_ID}),
            "ModelImage.from_dockerfile.build_args.A",
        ),
    ],
    ids=["registry", "function", "secret"],
)
def test_fails_when_a_source_is_named_wrongly(make, path: str) -> None:
    """In the words of the fleet file, at the keyword."""
    with pytest.raises(FleetRefused) as error:
        make()

    (refusal,) = error.value.refusals
    assert path == refusal.path


def test_fails_when_a_directory_lacks_what_the_image_looks_for(new_stack, new_model, tmp_path: Path) -> None:
    """Before it is packed; the path leads to the file."""
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "inference.py").write_text("def predict_fn(data, model): ...")
    image = ModelImage.from_framework("scikit-learn", version="1.4-2")
    with pytest.raises(FleetRefused) as error:
        new_model(new_stack(), image=image, artifact=ModelArtifact.from_directory(tmp_path))

    (refusal,) = error.value.refusals
    assert refusal.path.endswith(f"Model.artifact: {tmp_path}/code/inference.py")
    assert "model_fn(model_dir)" == refusal.allowed


def test_what_is_left_out_of_the_artifact_does_not_count(new_stack, new_model, tmp_path: Path) -> None:
    """The image would not find it either."""
    (tmp_path / "model.pth").write_text("")
    (tmp_path / "README.md").write_text("")
    (tmp_path / ".modelignore").write_text("*.pth\n")
    image = ModelImage.from_framework("pytorch", version="2.6")
    with pytest.raises(FleetRefused, match="no script that loads the model"):
        new_model(new_stack(), image=image, artifact=ModelArtifact.from_directory(tmp_path))
