"""Declarations of the kinds that came later, each of which breaks one rule."""

from __future__ import annotations

from tests.spec.broken_models import REGISTRY, Changes
from tests.spec.broken_rules import BIG, FALCON, ISOLATED, OPEN
from tests.spec.smallest_endpoints import IN_ECR

OF_OTHER_ENDPOINTS: tuple[tuple[str, Changes, str], ...] = (
    ("serverless", {"memory_size": "1500MiB"}, "memory_size"),
    ("serverless", {"provisioned_concurrency": 6}, "provisioned_concurrency"),
    (
        "serverless",
        {"deployment": {"policy": "rolling", "maximum_batch_percent": 20, "wait_interval": "1m"}},
        "deployment.policy",
    ),
    (
        "serverless",
        {
            "provisioned_concurrency": 1,
            "scaling": {"track": "provisioned-concurrency", "target_percent": 50, "max_capacity": 9},
        },
        "scaling.max_capacity",
    ),
    (
        "serverless",
        {"scaling": {"track": "provisioned-concurrency", "target_percent": 50, "max_capacity": 3}},
        "provisioned_concurrency",
    ),
    (
        "serverless",
        {
            "provisioned_concurrency": 4,
            "scaling": {"track": "provisioned-concurrency", "target_percent": 50, "max_capacity": 3},
        },
        "provisioned_concurrency",
    ),
    ("serverless", {"model.network_isolation": True}, "model.network_isolation"),
    ("serverless", {"model": {"jumpstart": FALCON}}, "model.jumpstart"),
    ("serverless", {"model.source": "s3://models/ocr/"}, "model.source"),
    ("serverless", {"model": {"private_registry": REGISTRY}}, "model.private_registry"),
    ("serverless", {"model": {"framework": "djl-lmi", "version": "0.36.0"}}, "model.framework"),
    ("multi-container", {"containers": {"ocr": {"model": ISOLATED}}}, "containers"),
    ("multi-container", {"containers.o_c_r": {"model": ISOLATED}}, "containers.o_c_r"),
    (
        "multi-container",
        {"instance_type": BIG, "containers.llm": {"model": {"jumpstart": FALCON}}},
        "containers.llm.model.jumpstart",
    ),
    (
        "multi-container",
        {
            f"containers.c{number}": {
                "model": {"image": IN_ECR, "environment": {f"A{each}": "x" * 1000 for each in range(12)}}
            }
            for number in range(3)
        },
        "containers",
    ),
    ("multi-container", {"containers.llm": {"model": OPEN}}, "containers.llm.model.network_isolation"),
    (
        "pipeline",
        {"containers": [{"name": "a", "model": ISOLATED}, {"name": "a", "model": ISOLATED}]},
        "containers[1].name",
    ),
    ("batch-transform", {"instance_type": "ml.c5.large"}, "instance_type"),
    ("batch-transform", {"ami_version": "al2"}, "ami_version"),
    ("batch-transform", {"ami_version": "al2-ami-sagemaker-batch-gpu-470"}, "ami_version"),
    ("batch-transform", {"model.source": "s3://models/ocr/"}, "model.source"),
    (
        "batch-transform",
        {"max_payload_in_mb": 60, "max_concurrent_transforms": 2},
        "max_concurrent_transforms",
    ),
    ("batch-transform", {"batch_strategy": "MultiRecord"}, "batch_strategy"),
    ("batch-transform", {"data_processing": {"input_filter": "$.text"}}, "data_processing"),
    ("batch-transform", {"data_processing": {"input_filter": "text"}}, "data_processing.input_filter"),
    ("batch-transform", {"data_processing": {"input_filter": "$..text"}}, "data_processing.input_filter"),
    ("batch-transform", {"input": {"s3_uri": "models"}}, "input.s3_uri"),
    ("batch-transform", {"input": {"s3_uri": f"s3://models/{'x' * 1024}"}}, "input.s3_uri"),
    ("batch-transform", {"input": {"content_type": "x" * 257}}, "input.content_type"),
    ("batch-transform", {"input": {"manifest_objects": "s3://models/in/"}}, "input.manifest_objects"),
    (
        "batch-transform",
        {
            "input": {"content_type": "text/csv"},
            "output": {"accept": "text/csv"},
            "data_processing": {"input_filter": "$[0]"},
        },
        "data_processing",
    ),
    (
        "batch-transform",
        {
            "input": {"content_type": "text/csv", "split_type": "Line"},
            "output": {"accept": "text/csv", "assemble_with": "Line"},
            "data_processing": {"input_filter": "$.text"},
        },
        "data_processing.input_filter",
    ),
    ("batch-transform", {"environment": {"AB": "${x}"}}, "environment.AB"),
    (
        "inference-components",
        {
            "components.ocr.deployed_as": "container",
            "components.ocr.model": {"image": IN_ECR, "environment": {"A": "x"}},
        },
        "components.ocr.model.environment.A",
    ),
    ("batch-transform", {"environment": {"1A": "x"}}, "environment.1A"),
    ("batch-transform", {"environment": {"A": "x" * 10241}}, "environment.A"),
    ("batch-transform", {"environment": {f"A{number}": "x" for number in range(17)}}, "environment"),
    (
        "batch-transform",
        {"schedule": {"at": "rate(1 day)", "flexible_window": "90s"}},
        "schedule.flexible_window",
    ),
)
"""Kind, changed keys of its smallest declaration, and where it is wrong then."""
