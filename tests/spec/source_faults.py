"""Ways to break one constraint of where a model comes from: what it says, the key, what is wrong."""

from __future__ import annotations

from typing import Any

ACCOUNT = "123456789012"
DIGEST = f"sha256:{'0a' * 32}"
PACKAGE = f"arn:aws:sagemaker:us-east-1:{ACCOUNT}:model-package/ranker/3"
FUNCTION = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:registry-credentials"
REGISTRY = {"image": "registry.example.org/team/ocr:1.4", "credentials_provider": FUNCTION}
NETWORK = {"vpc_id": "vpc-0123abcd", "subnet_ids": ["subnet-0123abcd"]}
SECRETS = {"HF_TOKEN": "prod/hugging-face"}
IMAGE = {"ecr": {"repository": "ocr", "tag": "1"}}
OPEN = {"network_isolation": False}
TOKEN = "hf_" + "a" * 30
KEY_ID = "AKIA" + "A" * 16

OF_A_MODEL: list[tuple[dict[str, Any], str, str]] = [
    ({"ecr": {"repository": "ocr"}}, "ecr", "needs one image of the repository"),
    (
        {"ecr": {"repository": "ocr", "tag": "1", "digest": DIGEST}},
        "ecr",
        "needs one image of the repository",
    ),
    ({"ecr": {"repository": "ocr", "digest": "sha256:12"}}, "ecr.digest", "not a digest"),
    ({"ecr": {"repository": "ocr", "tag": "1", "account": "12"}}, "ecr.account", "not an account"),
    ({"ecr": {"repository": "ocr", "tag": "a b"}}, "ecr.tag", "not a tag"),
    ({"ecr": {"repository": "OCR", "tag": "1"}}, "ecr.repository", "not the name of a repository"),
    (
        {"ecr": {"repository": "ocr", "tag": "1", "region": "eu-west-1"}},
        "ecr.region",
        "an image comes from the region of its endpoint",
    ),
    (
        {"image": f"{ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/ocr:1"},
        "image",
        "an image comes from the region of its endpoint",
    ),
    ({"build": {"directory": "/srv"}}, "build.directory", "not a directory"),
    ({"build": {"directory": "nowhere"}}, "build.directory", "no such directory"),
    ({"build": {"directory": "."}}, "build.directory", "no such Dockerfile"),
    ({"build": {"directory": ".", "file": "docker/serve"}}, "build.file", "no such Dockerfile"),
    ({"build": {"directory": ".", "file": "fleet.yaml", "target": 3}}, "build.target", "not text"),
    (
        {"build": {"directory": ".", "file": "fleet.yaml", "build_args": {"TOKEN": TOKEN}}},
        "build.build_args.TOKEN",
        "looks like a secret in plain text",
    ),
    (
        {"private_registry": {"image": f"{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/ocr:1"}},
        "private_registry.image",
        "an image in ECR needs no VPC",
    ),
    ({"private_registry": {"image": "ocr:1"}}, "private_registry.image", "names no registry"),
    (
        {"private_registry": {**REGISTRY, "credentials_provider": "registry-credentials"}},
        "private_registry.credentials_provider",
        "not a Lambda function",
    ),
    (
        {"private_registry": REGISTRY},
        "private_registry",
        "the registry is reached through a VPC, and the fleet has none",
    ),
    (
        {"model_package": PACKAGE.replace("package/ranker/3", "package-group/ranker")},
        "model_package",
        "not a model package",
    ),
    (
        {"model_package": PACKAGE.replace("us-east-1", "eu-west-1")},
        "model_package",
        "a model package is deployed in its own region",
    ),
    (
        {"model_package": PACKAGE, "source": "s3://models/"},
        "source",
        "a model package brings its own artefact",
    ),
    (
        {"model_package": PACKAGE, "environment": {"A": "1"}},
        "environment",
        "a model package has its own variables",
    ),
    ({"model_package": PACKAGE, "accept_eula": True}, "accept_eula", "accepts the licence of nothing"),
    (
        {"model_package": PACKAGE, **OPEN, "secrets": SECRETS},
        "secrets",
        "nothing in this image reads a secret",
    ),
    (
        {"framework": "sglang", "version": "0.5", **OPEN, "secrets": SECRETS},
        "secrets",
        "nothing in this image reads a secret",
    ),
    ({**IMAGE, "secrets": SECRETS}, "secrets", "a container without a network cannot ask Secrets Manager"),
    (
        {**IMAGE, **OPEN, "secrets": {"HF_TOKEN": "a b"}},
        "secrets.HF_TOKEN",
        "not a secret of Secrets Manager",
    ),
    ({**IMAGE, **OPEN, "secrets": {"HF_TOKEN": TOKEN}}, "secrets.HF_TOKEN", "the secret itself"),
    ({**IMAGE, **OPEN, "secrets": {"HF-TOKEN": "a"}}, "secrets.HF-TOKEN", "not the name of a variable"),
    ({**IMAGE, **OPEN, "secrets": {"A" * 1020: "a"}}, f"secrets.{'A' * 1020}", "too long"),
    (
        {**IMAGE, **OPEN, "secrets": SECRETS, "environment": {"HF_TOKEN_SECRET_ID": "x"}},
        "environment",
        "a variable that is a secret too",
    ),
    (IMAGE | {"environment": {"HF_TOKEN": "x"}}, "environment.HF_TOKEN", "a secret in plain text"),
    (
        IMAGE | {"environment": {"HUGGING_FACE_HUB_TOKEN": TOKEN}},
        "environment.HUGGING_FACE_HUB_TOKEN",
        "a secret in plain text",
    ),
    (IMAGE | {"environment": {"CLIENT_SECRET": "x"}}, "environment.CLIENT_SECRET", "a secret in plain text"),
    (IMAGE | {"environment": {"WHO": KEY_ID}}, "environment.WHO", "looks like a secret in plain text"),
    (
        IMAGE | {"environment": {"AWS_SECRET_ACCESS_KEY": "x"}},
        "environment.AWS_SECRET_ACCESS_KEY",
        "a secret in plain text",
    ),
    (
        IMAGE | {"environment": {"KEY": "{{resolve:secretsmanager:prod/key}}"}},
        "environment.KEY",
        "a secret that everybody sees who may describe the model",
    ),
    ({**IMAGE, "jumpstart": "llm"}, "", "needs exactly one image"),
    ({}, "", "needs exactly one image"),
]
"""What a model says, the key below it that is at fault, and what is wrong."""
