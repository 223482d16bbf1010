"""Fleets that together say every field of a fleet, and of the kinds there were first.

Fields of further kinds are drawn, as tests/spec/valid_fleets.py says.
"""

from __future__ import annotations

from typing import Any

from pilotlight.catalog.batch_transform import GPU_AMI_VERSIONS
from pilotlight.spec import FleetSpec

ACCOUNT = "123456789012"
IMAGE = f"{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/ocr:1.4.2"
MODEL: dict[str, Any] = {
    "image": IMAGE,
    "source": "s3://models/ocr/",
    "environment": {"WORKERS": "4"},
    "network_isolation": False,
    "accept_eula": True,
}
OWN_MODEL: dict[str, Any] = {"ecr": {"repository": "team/ocr", "tag": "1.4.2"}}
PINNED_MODEL: dict[str, Any] = {"ecr": {"repository": "team/ocr", "digest": f"sha256:{'0a' * 32}"}}
PACKAGE: dict[str, Any] = {"model_package": f"arn:aws:sagemaker:us-east-1:{ACCOUNT}:model-package/ocr/3"}
PRIVATE: dict[str, Any] = {
    "private_registry": {
        "image": "registry.example.org/team/ocr:1.4.2",
        "credentials_provider": f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:login",
    },
}
BLUE_GREEN = {"wait_interval": "60s", "termination_wait": "2m", "maximum_execution_timeout": "20m"}
SCHEDULE = [
    {
        "at": "cron(0 8 ? * MON-FRI *)",
        "timezone": "Europe/Berlin",
        "min_capacity": 3,
        "max_capacity": 8,
    }
]
TRACKED: dict[str, Any] = {
    "min_capacity": 2,
    "max_capacity": 4,
    "scale_in_cooldown": "10m",
    "scale_out_cooldown": "1m",
    "disable_scale_in": True,
    "schedule": SCHEDULE,
}
ON_INSTANCES: dict[str, Any] = {
    "instance_type": "ml.m5.large",
    "initial_instance_count": 2,
    "container_startup_health_check_timeout": "20m",
    "volume_size": "64GiB",
}
FILES = {"model_data_download_timeout": "30m"}
LATENCIES = {"model_latency": "500ms", "overhead_latency": "20ms", "latency_percentile": 99.9}
WARM_UP: dict[str, Any] = {
    "every": "30m",
    "concurrency": 3,
    "time_budget": "5m",
    "target_percent": 25,
    "memory_budget": "700MiB",
    "sample": {"body": "{}", "content_type": "text/csv", "accept": "*/*"},
}

ASYNC: dict[str, Any] = {
    "kind": "async",
    "model": MODEL,
    **ON_INSTANCES,
    **FILES,
    "scaling": {
        "track": "backlog",
        "min_capacity": 0,
        "max_capacity": 3,
        "target_per_instance": 7.5,
        "scale_in_cooldown": "10m",
        "scale_out_cooldown": "1m",
        "wake_cooldown": "2m",
    },
    "max_concurrent_invocations_per_instance": 4,
    "notify": {
        "status_table": True,
        "include_inference_response_in": ["error", "success"],
        "retention": "7d",
    },
    "alarms": {"backlog_age": "15m", "expired_requests": 2, "failures": 3, "dead_letters": 4},
    "deployment": {
        "policy": "rolling",
        "maximum_batch_percent": 20,
        "rollback_maximum_batch_percent": 40,
        "wait_interval": "60s",
        "maximum_execution_timeout": "20m",
    },
}
NEVER_ASLEEP: dict[str, Any] = ASYNC | {
    "model": OWN_MODEL,
    "scaling": {"track": "backlog", "min_capacity": 1, "max_capacity": 3},
    "deployment": {"policy": "all-at-once", **BLUE_GREEN},
}
REALTIME: dict[str, Any] = {
    "kind": "realtime",
    "model": MODEL,
    **ON_INSTANCES,
    **FILES,
    "scaling": {"track": "invocations", "target_per_instance": 70, **TRACKED},
    "routing_strategy": "PREFIX_AWARE",
    "prefix_length": 2048,
    "concurrency_threshold": 16,
    "weight": 3,
    "variants": {
        "canary": {
            "model": OWN_MODEL,
            **ON_INSTANCES,
            **FILES,
            "scaling": {"track": "utilization", "metric": "cpu", "target_percent": 60, **TRACKED},
            "weight": 0.5,
        }
    },
    "data_capture": {"sampling_percent": 20, "capture": ["output"]},
    "warm_up": WARM_UP,
    "alarms": {"server_error_percent": 2.5, **LATENCIES},
    "deployment": {"policy": "canary", "canary_percent": 20, **BLUE_GREEN},
}
BY_CONCURRENCY: dict[str, Any] = {
    "kind": "realtime",
    "model": {
        "framework": "pytorch",
        "version": "2.6",
        "source": "s3://models/ocr/model.tar.gz",
        "network_isolation": False,
    },
    **ON_INSTANCES,
    "scaling": {"track": "concurrency", "target_per_instance": 3, **TRACKED},
    "deployment": {"policy": "linear", "linear_step_percent": 20, **BLUE_GREEN},
}
MULTI_MODEL: dict[str, Any] = {
    "kind": "multi-model",
    "model": {"image": IMAGE},
    **ON_INSTANCES,
    "instance_type": "ml.g4dn.xlarge",
    "scaling": {"track": "invocations", "target_per_instance": 70, **TRACKED},
    "gpu_memory_percent": 80,
    "model_memory": "900MiB",
    "warm_up": WARM_UP,
    "alarms": {
        "server_error_percent": 2.5,
        **LATENCIES,
        "model_loading_wait_time": "20s",
        "model_cache_hit_percent": 90,
    },
    "deployment": {"policy": "canary", "canary_percent": 20, **BLUE_GREEN},
}
WITHOUT_CACHE: dict[str, Any] = {
    "kind": "multi-model",
    "model": {"image": IMAGE},
    "instance_type": "ml.m5.large",
    "model_cache_setting": "Disabled",
}
ON_A_GPU: dict[str, Any] = {
    "kind": "batch-transform",
    "model": {"image": IMAGE},
    "instance_type": "ml.g4dn.xlarge",
    "ami_version": sorted(GPU_AMI_VERSIONS)[0],
}
RARE: dict[str, Any] = {
    "instance_type": "ml.g5.xlarge",
    "inference_ami_version": "al2-ami-sagemaker-inference-gpu-2",
}
BY_THE_CLOCK: dict[str, Any] = {
    "kind": "realtime",
    "model": {"image": IMAGE},
    **ON_INSTANCES,
    **RARE,
    "scaling": {"track": "schedule", "min_capacity": 2, "max_capacity": 4, "schedule": SCHEDULE},
}
RESERVED: dict[str, Any] = RARE | {
    "capacity_reservation_arn": f"arn:aws:sagemaker:us-east-1:{ACCOUNT}:training-plan/spring",
    "variant_instance_provision_timeout": "30m",
}
SIDE_BY_SIDE: dict[str, Any] = RESERVED | {
    "kind": "multi-container",
    "containers": {"ocr": {"model": {"image": IMAGE}}, "tagger": {"model": {"image": IMAGE}}},
}
IN_A_ROW: dict[str, Any] = RESERVED | {
    "kind": "pipeline",
    "containers": [{"name": each, "model": {"image": IMAGE}} for each in ("read", "tag")],
}
KEPT_READY: dict[str, Any] = {
    "kind": "serverless",
    "model": {"image": IMAGE, "network_isolation": False},
    "memory_size": "2GiB",
    "max_concurrency": 20,
    "provisioned_concurrency": 2,
    "scaling": {
        "track": "provisioned-concurrency",
        "target_percent": 70,
        "min_capacity": 1,
        "max_capacity": 8,
        "schedule": SCHEDULE,
    },
}
CROWDED: dict[str, Any] = RESERVED | {
    "kind": "inference-components",
    "schedulable_memory": "16GiB",
    "components": {
        "writer": {
            "model": {"image": IMAGE},
            "memory": "7900MiB",
            "copies": 2,
            "scaling": {
                "track": "concurrency",
                "target_per_copy": 3,
                "min_capacity": 2,
                "max_capacity": 4,
            },
            "deployment": {
                "policy": "rolling-copies",
                "maximum_batch_copies": 1,
                "wait_interval": "60s",
            },
        }
    },
}
ASLEEP: dict[str, Any] = {
    "kind": "inference-components",
    "instance_type": "ml.g5.xlarge",
    "scaling": {"min_instance_count": 0, "max_instance_count": 2},
    "components": {
        "writer": {
            "model": {"image": IMAGE},
            "memory": "1GiB",
            "scaling": {
                "track": "concurrency",
                "target_per_copy": 3,
                "min_capacity": 0,
                "max_capacity": 4,
                "wake_cooldown": "2m",
            },
        }
    },
}
WITH_TAGS = {"model": PINNED_MODEL, "tags": {"team": "ocr"}}
NETWORK: dict[str, Any] = {"vpc_id": "vpc-0a1b2c3d", "subnet_ids": ["subnet-0a1b2c3d"]}
GROUPS = {"security_group_ids": ["sg-0a1b2c3d"]}

FLEETS = tuple(
    FleetSpec.model_validate(fleet)
    for fleet in (
        {
            "name": "every-field",
            "stage": "dev",
            "max_hourly_cost": 99,
            "tags": {"team": "search"},
            "network": {"create": True},
            "endpoints": {
                "ocr": ASYNC | WITH_TAGS,
                "many": MULTI_MODEL,
                "rarely": WITHOUT_CACHE,
            },
        },
        {
            "name": "every",
            "region": "eu-west-1",
            "account": "012345678901",
            "network": NETWORK,
            "endpoints": {"chat": BY_CONCURRENCY, "awake": NEVER_ASLEEP},
        },
        {
            "name": "every",
            "stage": "field",
            "network": NETWORK | GROUPS,
            "endpoints": {
                "ranker": REALTIME,
                "clock": BY_THE_CLOCK,
                "package": BY_THE_CLOCK | {"model": PACKAGE},
                "open": NEVER_ASLEEP,
                "nightly": ON_A_GPU,
                "private": BY_THE_CLOCK | {"model": PRIVATE},
                "gpu": NEVER_ASLEEP | RARE,
                "side": SIDE_BY_SIDE,
                "row": IN_A_ROW,
                "ready": KEPT_READY,
                "crowded": CROWDED,
                "asleep": ASLEEP,
                "ocr": ASYNC,
            },
        },
    )
)
