"""Fleets and models that break one rule each, and where they are wrong."""

from __future__ import annotations

from typing import Any

from tests.spec.smallest_endpoints import IN_ECR, ON_INSTANCES

Changes = dict[str, Any]

HF_ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:hf-AbCdEf"
UNPUBLISHED: Changes = {"framework": "scikit-learn", "version": "1.4-2"}
PACKAGE = "arn:aws:sagemaker:us-east-1:123456789012:model-package/ocr/1"
TOKEN = "hf_" + "a" * 34
PART: Changes = {"model": {"image": IN_ECR}}
REGISTRY: Changes = {"image": "registry.example.org/team/ocr:1"}

OF_FLEETS: tuple[tuple[Changes, str], ...] = (
    ({"account": "123"}, "account"),
    ({"region": "moon-east-1"}, "region"),
    ({"endpoints": {}}, "endpoints"),
    ({"max_hourly_cost": True}, "max_hourly_cost"),
    ({"max_hourly_cost": -1}, "max_hourly_cost"),
    ({"name": "Starter"}, "name"),
    ({"network": {"create": True, "vpc_id": "vpc-0a1b2c3d"}}, "network.vpc_id"),
    ({"network": {"create": True, "subnet_ids": ["subnet-0a1b2c3d"]}}, "network.subnet_ids"),
    ({"network": {"vpc_id": "0a1b2c3d", "subnet_ids": ["subnet-0a1b2c3d"]}}, "network.vpc_id"),
    ({"network": {}}, "network"),
    ({"network": {"vpc_id": "vpc-0a1b2c3d"}}, "network.subnet_ids"),
    ({"network": {"subnet_ids": ["subnet-0a1b2c3d"]}}, "network.vpc_id"),
    (
        {
            "network": {"create": True},
            "endpoints.ocr.model": {"private_registry": {"image": "registry.example.org/ocr:1"}},
        },
        "endpoints.ocr.model.private_registry",
    ),
    (
        {
            "network": {
                "vpc_id": "vpc-0a1b2c3d",
                "subnet_ids": ["subnet-0a1b2c3d"],
                "security_group_ids": [f"sg-0a1b2c3{digit}" for digit in "012345"],
            }
        },
        "network.security_group_ids",
    ),
    ({"tags": {"k" * 129: "x"}}, f"tags.{'k' * 129}"),
    ({"tags": {"aws:owner": "x"}}, "tags.aws:owner"),
    ({"tags": {"owner": "x" * 257}}, "tags.owner"),
    ({"tags": {"owner": "a;b"}}, "tags.owner"),
    ({"tags": {f"k{number}": "x" for number in range(50)}}, "endpoints.ocr.tags"),
    ({"name": "x" * 60}, "endpoints.ocr"),
    (
        {
            "endpoints": {
                "a": {
                    "kind": "inference-components",
                    "instance_type": "ml.m5.large",
                    "components": {"b-c": PART},
                },
                "a-b": {
                    "kind": "inference-components",
                    "instance_type": "ml.m5.large",
                    "components": {"c": PART},
                },
            }
        },
        "endpoints.a-b.components.c",
    ),
    (
        {
            "network": {"create": True},
            "endpoints": {
                "ocr": {**ON_INSTANCES, "model": {"private_registry": REGISTRY, "network_isolation": False}}
            },
        },
        "endpoints.ocr.model.private_registry",
    ),
    ({"endpoints": {"foundation": ON_INSTANCES}}, "endpoints.foundation"),
    ({"endpoints": {"ocr-": ON_INSTANCES}}, "endpoints.ocr-"),
    (
        {"region": "ap-east-2", "endpoints": {"ocr": {**ON_INSTANCES, "model": UNPUBLISHED}}},
        "endpoints.ocr.model.framework",
    ),
)
"""Of a fleet of one endpoint, `ocr`: changed keys, and where it is wrong then."""

OF_MODELS: tuple[tuple[Changes, str], ...] = (
    ({"framework": "sklern", "version": "1"}, "framework"),
    ({"framework": "scikit-learn"}, "version"),
    ({"image": IN_ECR, "version": "1"}, "version"),
    ({"framework": "scikit-learn", "version": "9"}, "version"),
    ({"image": IN_ECR, "ecr": {"repository": "ocr", "tag": "1"}}, ""),
    ({"image": "c 1"}, "image"),
    ({"image": "c:1"}, "image"),
    ({"ecr": {"repository": "Team/Ocr", "tag": "1"}}, "ecr.repository"),
    ({"ecr": {"repository": "ocr", "tag": "a b"}}, "ecr.tag"),
    ({"ecr": {"repository": "ocr", "digest": "sha256:1"}}, "ecr.digest"),
    ({"ecr": {"repository": "ocr"}}, "ecr"),
    ({"image": IN_ECR, "source": "/models"}, "source"),
    ({"image": IN_ECR, "source": "s3://models/ocr.zip"}, "source"),
    ({"image": IN_ECR, "source": f"s3://models/{'x' * 1024}/"}, "source"),
    ({"image": IN_ECR, "source": "s3://Models/ocr/"}, "source"),
    ({"image": IN_ECR, "source": "s3://models/*/"}, "source"),
    ({"image": IN_ECR, "accept_eula": True}, "accept_eula"),
    ({"image": IN_ECR, "source": "s3://models/ocr.tar.gz", "accept_eula": True}, "accept_eula"),
    ({"image": IN_ECR, "environment": {"1A": "x"}}, "environment.1A"),
    ({"image": IN_ECR, "environment": {"A": "x" * 1025}}, "environment.A"),
    ({"image": IN_ECR, "environment": {f"A{number}": "x" for number in range(101)}}, "environment"),
    ({"image": IN_ECR, "environment": {f"A{number}": "x" * 1000 for number in range(40)}}, "environment"),
    ({"image": IN_ECR, "environment": {"HF_TOKEN": TOKEN}}, "environment.HF_TOKEN"),
    ({"model_package": "ocr"}, "model_package"),
    ({"model_package": PACKAGE, "environment": {"A": "x"}}, "environment"),
    ({"model_package": PACKAGE.replace("us-east-1", "eu-west-1")}, "model_package"),
    ({"image": IN_ECR, "secrets": {"HF_TOKEN": TOKEN}}, "secrets.HF_TOKEN"),
    ({"image": IN_ECR, "secrets": {"HF_TOKEN": "not a name"}}, "secrets.HF_TOKEN"),
    ({"image": IN_ECR, "secrets": {"A" * 1024: "hf-token"}}, f"secrets.{'A' * 1024}"),
    ({"framework": "scikit-learn", "version": "1.4-2", "secrets": {"HF_TOKEN": HF_ARN}}, "secrets"),
    ({"model_package": PACKAGE, "secrets": {"HF_TOKEN": HF_ARN}}, "secrets"),
    ({"private_registry": REGISTRY, "network_isolation": True}, "private_registry"),
    ({"private_registry": {"image": "ocr"}, "network_isolation": False}, "private_registry.image"),
    (
        {"private_registry": {"image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/ocr:1"}},
        "private_registry.image",
    ),
    (
        {"private_registry": {**REGISTRY, "credentials_provider": "my-function"}},
        "private_registry.credentials_provider",
    ),
    ({"build": {"directory": "/ocr"}}, "build.directory"),
    (
        {
            "framework": "huggingface-tei",
            "version": "1.8.2",
            "network_isolation": False,
            "secrets": {"HF_TOKEN": "hf-token"},
        },
        "secrets",
    ),
    (
        {
            "image": IN_ECR,
            "network_isolation": False,
            "environment": {"HF_TOKEN_SECRET_ID": "x"},
            "secrets": {"HF_TOKEN": "hf-token"},
        },
        "environment",
    ),
)
"""Of the model of a real-time endpoint: what it is, and where it is wrong then."""
