"""A valid fleet file, and ways to break one constraint of it: path, value, what is wrong then."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from tests.spec.smallest_endpoints import IN_ECR

VALID: dict[str, Any] = {
    "name": "starter",
    "endpoints": {
        "ocr": {
            "kind": "async",
            "model": {"framework": "scikit-learn", "version": "1.4-2", "source": "s3://models/ocr/"},
            "instance_type": "ml.m5.large",
        }
    },
}

OF_A_FLEET: list[tuple[str, Any, str]] = [
    ("name", "Starter", "not a name"),
    ("name", "", "not a name"),
    ("region", "moon-east-1", "unknown region"),
    ("account", "123", "not an account"),
    ("account", "12345678901x", "not an account"),
    ("stage", "Prod", "not a name"),
    ("max_hourly_cost", -1, "not an amount"),
    ("max_hourly_cost", 0.00001, "not an amount"),
    ("max_hourly_cost", True, "not an amount"),
    ("max_hourly_cost", "0.50", "not an amount"),
    ("tags.aws:cost", "x", "reserved tag key"),
    ("tags.pilotlight:fleet", "x", "reserved tag key"),
    ("tags.owner", "a;b", "character that tags cannot have"),
    ("tags.owner", "x" * 257, "tag value too long or empty"),
    ("tags.owner", "", "tag value too long or empty"),
    ("tags.owner", 3, "not text"),
    ("tag", {}, "unknown key"),
]

OF_AN_ENDPOINT: list[tuple[str, Any, str]] = [
    ("kind", "asynk", "unknown kind"),
    ("instance_type", "ml.m5.huge", "unknown instance type"),
    ("instance_type", None, "not text"),
    ("initial_instance_count", 0, "out of range"),
    ("initial_instance_count", 10**17, "out of range"),
    ("initial_instance_count", 1.5, "not a whole number"),
    ("initial_instance_count", "1", "not a whole number"),
    ("initial_instance_count", True, "not a whole number"),
    ("max_concurrent_invocations_per_instance", 0, "out of range"),
    ("max_concurrent_invocations_per_instance", 1001, "out of range"),
    ("model_data_download_timeout", "59s", "out of range"),
    ("model_data_download_timeout", "3601s", "out of range"),
    ("container_startup_health_check_timeout", "2h", "out of range"),
    ("container_startup_health_check_timeout", "10 min", "not a duration"),
    ("volume_size", "0GiB", "not a size"),
    ("volume_size", "513GiB", "out of range"),
    ("volume_size", "20GB", "not a size"),
    ("volume_size", 20, "not a size"),
    ("scaling.track", "cpu", "unknown value"),
    ("scaling.min_capacity", -1, "out of range"),
    ("scaling.max_capacity", 0, "too small"),
    ("scaling.max_capacity", 2**31, "out of range"),
    ("scaling.target_per_instance", 0, "too small"),
    ("scaling.target_per_instance", 2.0**361, "out of range"),
    ("scaling.scale_in_cooldown", 300, "not a duration"),
    ("scaling.scale_out_cooldown", "-1s", "not a duration"),
    ("scaling.wake_cooldown", "1h30m", "not a duration"),
    ("scaling.cooldown", "1s", "unknown key"),
    ("notify.status_table", 1, "neither true nor false"),
    ("notify.retention", "0s", "too short"),
    ("notify.include_inference_response_in", "success", "not a list"),
    ("alarms.failures", 0, "too small"),
    ("alarms.backlog_age", 3600, "not a duration"),
    ("alarms.backlog_age", "0s", "too short"),
    ("deployment.policy", "rollin", "unknown policy"),
    ("model.image", "ocr 1.4", "not the URI of an image"),
    ("model.image", "x" * 256, "not the URI of an image"),
    ("model.source", "s3://models/ocr", "neither a prefix nor a tarball"),
    ("model.source", "s3://Models/ocr/", "not the name of a bucket"),
    ("model.source", "/srv/models/ocr", "not a source"),
    ("model.source", "https://example.org/ocr/", "not a source"),
    ("model.source", "no/such/directory", "no such directory"),
    ("model.environment.1A", "x", "not the name of a variable"),
    ("model.environment.A-B", "x", "not the name of a variable"),
    ("model.environment.WORKERS", 4, "not text"),
    ("model.environment.WORKERS", "x" * 1025, "too long"),
    ("model.network_isolation", "no", "neither true nor false"),
    ("tags.aws:cost", "x", "reserved tag key"),
]


def broken(document: dict[str, Any], path: Sequence[str | int], value: Any) -> dict[str, Any]:
    """Give a copy of a fleet file with another value at one place."""
    document = copy.deepcopy(document)
    place: Any = document
    for step in path[:-1]:
        if isinstance(place, dict) and place.get(step) is None:
            place[step] = {}
        place = place[step]
    place[path[-1]] = value
    return document


VALID_COMPONENTS: dict[str, Any] = {
    "name": "starter",
    "endpoints": {
        "llms": {
            "kind": "inference-components",
            "instance_type": "ml.g5.12xlarge",
            "scaling": {"min_instance_count": 0, "max_instance_count": 2},
            "components": {
                "summarizer": {
                    "model": {"image": IN_ECR, "source": "s3://models/llm.tar.gz"},
                    "accelerators": 1,
                    "scaling": {
                        "track": "concurrency",
                        "min_capacity": 0,
                        "max_capacity": 4,
                        "target_per_copy": 4,
                    },
                    "adapters": {"legal": {"source": "s3://models/legal.tar.gz"}},
                }
            },
        }
    },
}

SLEEPER: dict[str, Any] = {
    "model": {"image": IN_ECR},
    "scaling": {"track": "invocations", "min_capacity": 0, "max_capacity": 1, "target_per_copy": 4},
}

OF_COMPONENTS: list[tuple[str, Any, str]] = [
    ("model", {"image": IN_ECR}, "each component has its own"),
    ("deployment", {"policy": "rolling"}, "each component has its own"),
    ("instance_type", "ml.g5.huge", "unknown instance type"),
    ("initial_instance_count", 0, "out of range"),
    ("initial_instance_count", 3, "outside of the bounds of scaling"),
    ("schedulable_memory", "193GiB", "more than an instance has"),
    ("schedulable_memory", "64GB", "not an amount of memory"),
    ("scaling.min_instance_count", -1, "out of range"),
    ("scaling.min_instance_count", 3, "less than min_instance_count"),
    ("scaling.max_instance_count", 0, "out of range"),
    ("scaling.scale_in_strategy", "IDLE", "unknown value"),
    ("scaling.scale_in_cooldown", "20m", "the cool-down of no strategy"),
    ("scaling.scale_in_cooldown", "4m", "out of range"),
    ("scaling.scale_in_cooldown", "301s", "not whole minutes"),
    ("scaling.maximum_step_size", 2, "only CONSOLIDATION goes in steps"),
    ("scaling.maximum_step_size", 101, "out of range"),
    ("volume_size", "513GiB", "out of range"),
    ("inference_ami_version", "al2", "unknown machine image"),
    ("capacity_reservation_arn", "reserved", "not the ARN of a reservation"),
    ("variant_instance_provision_timeout", "299s", "out of range"),
    ("alarms.overhead_latency", "0s", "not a latency"),
    ("alarms.latency_percentile", 100, "too large"),
    ("alarms.latency_percentile", 99.999999, "too fine a percentile"),
    ("alarms.latency_percentile", 0.00001, "too fine a percentile"),
    ("routing_strategy", "KV_AWARE", "unknown value"),
    ("prefix_length", 2048, "only PREFIX_AWARE has a prefix_length"),
    ("prefix_length", 1023, "out of range"),
    ("concurrency_threshold", 8, "only PREFIX_AWARE has a concurrency_threshold"),
    ("concurrency_threshold", 1025, "out of range"),
    ("alarms.server_error_percent", 0, "too small"),
    ("alarms.model_latency", "0s", "not a latency"),
    ("alarms.no_capacity_failures", 0, "too small"),
    ("components", {}, "has no component"),
    ("components.Summarizer", {"model": {"image": IN_ECR}}, "not the name of a component"),
    ("components.summarizer-legal", SLEEPER, "a component has the same name"),
    ("components.summarizer.deployed_as", "image", "unknown value"),
    ("components.summarizer.cores", 0.2, "too small"),
    ("components.summarizer.cores", 49, "more cores than ml.g5.12xlarge has"),
    ("components.summarizer.accelerators", 0, "out of range"),
    ("components.summarizer.accelerators", 5, "more accelerators than ml.g5.12xlarge has"),
    ("components.summarizer.accelerators", 1.5, "not a whole number"),
    ("components.summarizer.memory", "127MiB", "out of range"),
    ("components.summarizer.memory", "150GiB", "more schedulable memory than ml.g5.12xlarge has"),
    ("components.summarizer.max_memory", "512MiB", "less than memory"),
    ("components.summarizer.copies", 0, "out of range"),
    ("components.summarizer.copies", 5, "outside of the capacities of scaling"),
    ("components.summarizer.placement_strategy", "PACK", "unknown value"),
    ("components.summarizer.max_imbalance", 1, "the imbalance of no strategy"),
    ("components.summarizer.max_imbalance", 101, "out of range"),
    ("components.summarizer.data_cache", "yes", "neither true nor false"),
    ("components.summarizer.model_data_download_timeout", "59s", "out of range"),
    ("components.summarizer.container_startup_health_check_timeout", "2h", "out of range"),
    ("components.summarizer.scaling", None, "would keep the instances, and min_instance_count is 0"),
    ("components.summarizer.scaling.track", "utilization", "unknown track"),
    ("components.summarizer.scaling.min_capacity", -1, "out of range"),
    ("components.summarizer.scaling.min_capacity", 5, "less than min_capacity"),
    ("components.summarizer.scaling.max_capacity", 0, "too small"),
    ("components.summarizer.scaling.target_per_copy", 0, "too small"),
    ("components.summarizer.scaling.target_per_copy", 2.0**361, "out of range"),
    ("components.summarizer.scaling.target_per_instance", 4, "unknown key"),
    ("components.summarizer.scaling.scale_in_cooldown", 300, "not a duration"),
    ("components.summarizer.scaling.scale_out_cooldown", "-1s", "not a duration"),
    ("components.summarizer.scaling.wake_cooldown", "1h30m", "not a duration"),
    ("components.summarizer.scaling.disable_scale_in", 1, "neither true nor false"),
    (
        "components.summarizer.scaling.schedule",
        [{"at": "noon", "min_capacity": 0, "max_capacity": 1}],
        "not a schedule",
    ),
    ("components.summarizer.deployment.policy", "canary", "unknown policy"),
    (
        "components.summarizer.adapters.Legal",
        {"source": "s3://models/a.tar.gz"},
        "not the name of a component",
    ),
    ("components.summarizer.adapters.legal.source", "s3://models/legal/", "not a tarball"),
    ("components.summarizer.adapters.legal.source", "no/such/directory", "no such directory"),
    ("components.summarizer.adapters.legal.model", {"image": IN_ECR}, "unknown key"),
    (f"components.{'x' * 60}", SLEEPER, "the name of the component is too long"),
]

VALID_TRANSFORM: dict[str, Any] = {
    "name": "starter",
    "endpoints": {
        "night": {
            "kind": "batch-transform",
            "model": {
                "framework": "scikit-learn",
                "version": "1.4-2",
                "source": "s3://models/ocr/model.tar.gz",
            },
            "instance_type": "ml.m5.large",
            "input": {"content_type": "text/csv", "split_type": "Line"},
            "output": {"accept": "text/csv", "assemble_with": "Line"},
            "data_processing": {"input_filter": "$[1:]", "join_source": "Input"},
            "retries": {"failed": {"max_attempts": 1}, "throttled": {"max_attempts": 2}},
            "schedule": {"at": "cron(0 3 * * ? *)"},
        }
    },
}

OF_A_TRANSFORM: list[tuple[str, Any, str]] = [
    ("model.source", "s3://models/ocr/", "a transform job cannot read a model below a prefix"),
    ("instance_type", "ml.m5.huge", "unknown instance type"),
    ("instance_type", "ml.t2.medium", "runs no transform jobs"),
    ("instance_type", "ml.g5.xlarge", "scikit-learn 1.4-2 has no image for gpu instances"),
    ("instance_count", 0, "out of range"),
    ("instance_count", 101, "out of range"),
    ("input.s3_data_type", "AugmentedManifestFile", "unknown value"),
    ("input.s3_uri", "s3://bucket", "not a place in S3"),
    ("input.s3_uri", "https://bucket/in/", "not a place in S3"),
    ("input.s3_uri", "s3://b/in/", "not the name of a bucket"),
    ("input.s3_uri", f"s3://bucket/{'x' * 1024}", "too long"),
    ("input.s3_uri", "s3://bucket/${x}/", "would be taken for an expression"),
    ("input.content_type", "x" * 257, "not a content type"),
    ("input.content_type", "", "not a content type"),
    ("input.content_type", "{% 1 %}", "would be taken for an expression"),
    ("input.compression_type", "Zip", "unknown value"),
    ("input.split_type", "Lines", "unknown value"),
    ("input.prefix", "in/", "unknown key"),
    ("output.s3_output_path", "out/", "not a place in S3"),
    ("output.accept", "x" * 257, "not a content type"),
    ("output.assemble_with", "Comma", "unknown value"),
    ("data_processing.input_filter", "id", "not a JSONPath"),
    ("data_processing.input_filter", f"$[{'1,' * 32}1]", "not a JSONPath"),
    ("data_processing.input_filter", "$..id", "not a JSONPath that SageMaker supports"),
    ("data_processing.input_filter", "$[?(@.a)]", "not a JSONPath that SageMaker supports"),
    ("data_processing.output_filter", "$['${a}']", "would be taken for an expression"),
    ("data_processing.output_filter", "$.id", "a row of CSV is a list"),
    ("data_processing.join_source", "Output", "unknown value"),
    ("batch_strategy", "Single", "unknown value"),
    ("max_payload_in_mb", -1, "out of range"),
    ("max_payload_in_mb", 101, "out of range"),
    ("max_concurrent_transforms", -1, "out of range"),
    ("max_concurrent_transforms", 17, "too much in flight"),
    ("invocations_timeout", "0s", "out of range"),
    ("invocations_timeout", "3601s", "out of range"),
    ("invocations_max_retries", 4, "out of range"),
    ("environment.1A", "x", "not the name of a variable"),
    ("environment.A", "x" * 10_241, "too long"),
    ("environment.A", "${ModelName}", "would be taken for an expression"),
    ("environment.A", "{% $states.input %}", "would be taken for an expression"),
    ("ami_version", "al2-ami-sagemaker-batch-gpu-470", "a machine image for GPUs"),
    ("ami_version", "al2023", "unknown machine image"),
    ("timeout", "0s", "out of range"),
    ("timeout", "1200d", "out of range"),
    ("retries.failed.max_attempts", -1, "out of range"),
    ("retries.failed.interval", "0s", "out of range"),
    ("retries.throttled.backoff_rate", 0.9, "too small"),
    ("retries.throttled.backoff_rate", 101, "too large"),
    ("schedule.at", "daily", "not a schedule"),
    ("schedule.timezone", "Mars/Olympus", "unknown time zone"),
    ("schedule.flexible_window", "90s", "not a window"),
    ("schedule.flexible_window", "2d", "not a window"),
    ("schedule.max_attempts", 186, "out of range"),
    ("schedule.max_age", "59s", "out of range"),
    ("notify.success", "yes", "neither true nor false"),
    ("alarms.failed_executions", 0, "too small"),
    ("alarms.dead_letters", 0, "too small"),
    ("tags.aws:cost", "x", "reserved tag key"),
]
