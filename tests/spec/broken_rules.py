"""Declarations that break one rule each: of a kind's smallest one with some keys changed, where it is wrong.

Types and limits of single keys are broken by `broken_keys`; here are the rules that look at more than a type.
"""

from __future__ import annotations

from tests.spec.broken_models import PACKAGE, Changes
from tests.spec.smallest_endpoints import IN_ECR

ISOLATED: Changes = {"image": IN_ECR}
OPEN: Changes = {"image": IN_ECR, "network_isolation": False}
CONCURRENCY: Changes = {"track": "concurrency", "target_per_instance": 4, "max_capacity": 2}
NIGHT: Changes = {"at": "cron(0 20 * * ? *)", "min_capacity": 1, "max_capacity": 1}
BIG = "ml.g5.12xlarge"
FALCON = "huggingface-llm-falcon-40b-instruct-bf16"
GPU_AMI = "al2-ami-sagemaker-inference-gpu-2"
OF_CUDA_13: Changes = {
    "image": "763104351884.dkr.ecr.us-east-1.amazonaws.com/vllm:0.30.0-gpu-py312-cu130-ubuntu24.04"
}
BESIDE: Changes = {"model": ISOLATED, "instance_type": "ml.m5.large"}
SIZES = ("", "2", "4", "12", "24")

OF_ENDPOINTS: tuple[tuple[str, Changes, str], ...] = (
    ("async", {"kind": "asinc"}, "kind"),
    (
        "async",
        {"model": {"jumpstart": FALCON, "source": "s3://models/ocr/"}, "instance_type": BIG},
        "model.source",
    ),
    ("async", {"instance_type": "ml.m5.huge"}, "instance_type"),
    ("async", {"instance_type": "ml.c7g.large"}, "instance_type"),
    ("async", {"initial_instance_count": 2}, "initial_instance_count"),
    ("async", {"scaling": {"min_capacity": 3, "max_capacity": 2}}, "scaling.max_capacity"),
    ("async", {"scaling": {"scale_in_cooldown": "9999d"}}, "scaling.scale_in_cooldown"),
    (
        "async",
        {"notify": {"include_inference_response_in": ["success", "success"]}},
        "notify.include_inference_response_in",
    ),
    ("async", {"alarms": {"backlog_age": "0s"}}, "alarms.backlog_age"),
    ("async", {"deployment": {}}, "deployment.policy"),
    ("async", {"deployment": 3}, "deployment"),
    ("async", {"deployment": {"policy": "canari"}}, "deployment.policy"),
    ("async", {"volume_size": "20GB"}, "volume_size"),
    ("realtime", {"scaling": {**CONCURRENCY, "min_capacity": 0}}, "scaling.min_capacity"),
    ("realtime", {"scaling": {**CONCURRENCY, "min_capacity": 3}}, "scaling.max_capacity"),
    ("realtime", {"scaling": {"track": "schedule", "max_capacity": 2, "schedule": []}}, "scaling.schedule"),
    ("realtime", {"scaling": {**CONCURRENCY, "schedule": [NIGHT] * 201}}, "scaling.schedule"),
    (
        "realtime",
        {"scaling": {**CONCURRENCY, "schedule": [{**NIGHT, "at": "noon"}]}},
        "scaling.schedule[0].at",
    ),
    (
        "realtime",
        {"scaling": {**CONCURRENCY, "schedule": [{**NIGHT, "at": "cron(61 20 * * ? *)"}]}},
        "scaling.schedule[0].at",
    ),
    (
        "realtime",
        {"scaling": {**CONCURRENCY, "schedule": [{**NIGHT, "timezone": "Europe/Bonn"}]}},
        "scaling.schedule[0].timezone",
    ),
    (
        "realtime",
        {"scaling": {**CONCURRENCY, "schedule": [{**NIGHT, "min_capacity": 2}]}},
        "scaling.schedule[0].max_capacity",
    ),
    (
        "realtime",
        {"scaling": {"track": "utilization", "metric": "gpu", "target_percent": 50, "max_capacity": 2}},
        "scaling.metric",
    ),
    ("realtime", {"initial_instance_count": 3, "scaling": CONCURRENCY}, "initial_instance_count"),
    ("realtime", {"routing_strategy": "PREFIX_AWARE", "prefix_length": 1024}, "concurrency_threshold"),
    ("realtime", {"prefix_length": 1024}, "prefix_length"),
    ("realtime", {"weight": 0}, "weight"),
    ("realtime", {"inference_ami_version": "al2-gpu"}, "inference_ami_version"),
    ("async", {"inference_ami_version": GPU_AMI}, "inference_ami_version"),
    ("realtime", {"model": OF_CUDA_13, "instance_type": BIG}, "inference_ami_version"),
    (
        "multi-model",
        {"model": OF_CUDA_13, "instance_type": "ml.g5.xlarge", "inference_ami_version": GPU_AMI},
        "inference_ami_version",
    ),
    (
        "pipeline",
        {
            "containers": [{"name": "one", "model": OF_CUDA_13}, {"name": "two", "model": ISOLATED}],
            "instance_type": BIG,
        },
        "inference_ami_version",
    ),
    ("async", {"capacity_reservation_arn": "arn:aws:ec2:one"}, "capacity_reservation_arn"),
    ("async", {"metrics_config": {"publish_frequency": "20s"}}, "metrics_config.publish_frequency"),
    (
        "async",
        {"instance_pools": [{"instance_type": "ml.m6i.large", "priority": 1}]},
        "instance_pools[0].priority",
    ),
    (
        "async",
        {"instance_pools": [{"instance_type": "ml.m6i.large", "priority": 6}]},
        "instance_pools[0].priority",
    ),
    (
        "async",
        {"instance_pools": [{"instance_type": "ml.m5.large", "priority": 2}]},
        "instance_pools[0].instance_type",
    ),
    (
        "async",
        {"instance_pools": [{"instance_type": f"ml.m5.{size}xlarge", "priority": 2} for size in SIZES]},
        "instance_pools",
    ),
    (
        "realtime",
        {"instance_pools": [{"instance_type": "ml.g5.xlarge", "priority": 2}]},
        "instance_pools[0].instance_type",
    ),
    (
        "realtime",
        {
            "instance_pools": [
                {
                    "instance_type": "ml.g5.xlarge",
                    "priority": 2,
                    "model": {"framework": "scikit-learn", "version": "1.4-2"},
                }
            ]
        },
        "instance_pools[0].instance_type",
    ),
    (
        "realtime",
        {
            "scaling": {"track": "utilization", "metric": "cpu", "target_percent": 50, "max_capacity": 2},
            "instance_pools": [{"instance_type": "ml.m5.xlarge", "priority": 2}],
        },
        "instance_pools[0].instance_type",
    ),
    (
        "realtime",
        {"instance_pools": [{"instance_type": BIG, "priority": 2, "model": {"jumpstart": FALCON}}]},
        "instance_pools[0].model.jumpstart",
    ),
    (
        "async",
        {
            "model": {"jumpstart": FALCON},
            "instance_type": BIG,
            "instance_pools": [{"instance_type": "ml.g5.24xlarge", "priority": 2}],
        },
        "instance_pools[0].instance_type",
    ),
    (
        "realtime",
        {"shadow_variant": {"model": {"jumpstart": FALCON}, "instance_type": BIG}},
        "shadow_variant.model.jumpstart",
    ),
    ("realtime", {"shadow_variant": {**BESIDE, "weight": 0}}, "shadow_variant.weight"),
    ("realtime", {"shadow_variant": {**BESIDE, "scaling": CONCURRENCY}}, "shadow_variant.scaling"),
    ("realtime", {"shadow_variant": BESIDE, "variants": {"V": BESIDE}}, "shadow_variant"),
    ("realtime", {"variants": {"Shadow": BESIDE}}, "variants.Shadow"),
    ("realtime", {"variants": {"V": BESIDE}, "deployment": {"policy": "rolling"}}, "deployment.policy"),
    (
        "realtime",
        {
            "variants": {
                f"V{number}": {"model": ISOLATED, "instance_type": "ml.m5.large"} for number in range(10)
            }
        },
        "variants",
    ),
    (
        "realtime",
        {"variants": {"AllTraffic": {"model": ISOLATED, "instance_type": "ml.m5.large"}}},
        "variants.AllTraffic",
    ),
    ("realtime", {"variants": {"b_b": {"model": ISOLATED, "instance_type": "ml.m5.large"}}}, "variants.b_b"),
    (
        "realtime",
        {"variants": {"b": {"model": {"jumpstart": FALCON}, "instance_type": BIG}}},
        "variants.b.model.jumpstart",
    ),
    ("realtime", {"data_capture": {"capture": []}}, "data_capture.capture"),
    ("realtime", {"warm_up": {"every": "90s", "sample": {"body": "{}"}}}, "warm_up.every"),
    ("realtime", {"warm_up": {}}, "warm_up.sample"),
    ("realtime", {"warm_up": {"sample": {"body": "x" * 4096}}}, "warm_up.sample.body"),
    ("realtime", {"alarms": {"model_latency": "soon"}}, "alarms.model_latency"),
    ("realtime", {"alarms": {"latency_percentile": 99.999999}}, "alarms.latency_percentile"),
    ("multi-model", {"model.source": "s3://models/ocr/"}, "model.source"),
    ("multi-model", {"model": {"model_package": PACKAGE}}, "model.model_package"),
    ("multi-model", {"model": {"image": IN_ECR}, "instance_type": "ml.g5.12xlarge"}, "instance_type"),
    (
        "multi-model",
        {"model": {"image": IN_ECR}, "instance_type": "ml.g5.xlarge", "gpu_memory_percent": 80},
        "gpu_memory_percent",
    ),
    ("multi-model", {"gpu_memory_percent": 80, "scaling": CONCURRENCY}, "gpu_memory_percent"),
    ("multi-model", {"model_memory": "2GB"}, "model_memory"),
    ("multi-model", {"model_cache_setting": "Disabled", "warm_up": {}}, "warm_up"),
    ("inference-components", {"components": {}}, "components"),
    (
        "inference-components",
        {"instance_type": BIG, "components.ocr.model": {"framework": "djl-lmi", "version": "0.36.0"}},
        "inference_ami_version",
    ),
    ("inference-components", {"components.Ocr": {"model": ISOLATED}}, "components.Ocr"),
    (
        "inference-components",
        {
            "components.ocr-a": {"model": ISOLATED},
            "components.ocr.adapters": {"a": {"source": "s3://models/a.tar.gz"}},
        },
        "components.ocr.adapters.a",
    ),
    ("inference-components", {"components.nlp": {"model": OPEN}}, "components.nlp.model.network_isolation"),
    (
        "inference-components",
        {
            "components.ocr.deployed_as": "container",
            "components.ocr.model": {"image": IN_ECR, "source": "s3://models/ocr/"},
        },
        "components.ocr.model.source",
    ),
    (
        "inference-components",
        {
            "components.ocr.deployed_as": "container",
            "components.ocr.model": {
                "image": IN_ECR,
                "environment": {f"A{number}": "x" for number in range(17)},
            },
        },
        "components.ocr.model.environment",
    ),
    (
        "inference-components",
        {"components.ocr.deployed_as": "container", "components.ocr.model": {"model_package": PACKAGE}},
        "components.ocr.model.model_package",
    ),
    (
        "inference-components",
        {"components.ocr.memory": "4GiB", "components.ocr.max_memory": "2GiB"},
        "components.ocr.max_memory",
    ),
    ("inference-components", {"components.ocr.max_imbalance": 1}, "components.ocr.max_imbalance"),
    (
        "inference-components",
        {
            "components.ocr.copies": 3,
            "components.ocr.scaling": {"track": "invocations", "target_per_copy": 4, "max_capacity": 2},
        },
        "components.ocr.copies",
    ),
    ("inference-components", {"components.ocr.accelerators": 1}, "components.ocr.accelerators"),
    ("inference-components", {"components.ocr.copies": 40}, "components"),
    ("inference-components", {f"components.{'x' * 60}": {"model": ISOLATED}}, f"components.{'x' * 60}"),
    (
        "inference-components",
        {"initial_instance_count": 3, "scaling": {"max_instance_count": 2}},
        "initial_instance_count",
    ),
    ("inference-components", {"schedulable_memory": "400GiB"}, "schedulable_memory"),
    (
        "inference-components",
        {"scaling": {"min_instance_count": 2, "max_instance_count": 1}},
        "scaling.max_instance_count",
    ),
    (
        "inference-components",
        {"scaling": {"min_instance_count": 0, "max_instance_count": 1}},
        "components.ocr.scaling",
    ),
    (
        "inference-components",
        {"scaling": {"max_instance_count": 2, "scale_in_cooldown": "20m"}},
        "scaling.scale_in_cooldown",
    ),
    (
        "inference-components",
        {
            "scaling": {
                "max_instance_count": 2,
                "scale_in_strategy": "IDLE_RELEASE",
                "scale_in_cooldown": "301s",
            }
        },
        "scaling.scale_in_cooldown",
    ),
    (
        "inference-components",
        {"scaling": {"max_instance_count": 2, "scale_in_strategy": "IDLE_RELEASE", "maximum_step_size": 2}},
        "scaling.maximum_step_size",
    ),
)
"""Kind, changed keys of its smallest declaration, and where it is wrong then."""
