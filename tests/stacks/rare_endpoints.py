"""Declarations of what is drawn rarely or never: files beside the fleet, a lock, a network, a GPU."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from pilotlight.spec import (
    AnyCopyScaling,
    AsyncSpec,
    BatchTransformSpec,
    ConcurrencyScaling,
    ContainerSpec,
    CopyConcurrencyScaling,
    CopyInvocationScaling,
    EndpointSpec,
    InferenceComponentEndpointSpec,
    InferenceComponentSpec,
    ManagedInstanceScaling,
    ModelSpec,
    MultiContainerSpec,
    MultiModelSpec,
    PipelineSpec,
    RealtimeSpec,
    ServerlessSpec,
    ShadowVariantSpec,
    StepSpec,
    UtilizationScaling,
)
from pilotlight.spec.component_scaling import CopyScheduleScaling, ScheduledCopies
from pilotlight.spec.image_build import ImageBuild
from pilotlight.spec.private_registry import PrivateRegistry
from pilotlight.spec.serverless_model import ServerlessModelSpec

FALCON = "huggingface-llm-falcon-40b-instruct-bf16"
IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/ocr:1"
AMI = "al2-ami-sagemaker-inference-gpu-2"
PACKAGE = "arn:aws:sagemaker:us-east-1:123456789012:model-package/ocr/3"
FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:credentials"


def write_files(directory: Path) -> None:
    """Write what the declarations below name, and copy the lock of the showcase."""
    (directory / "image").mkdir()
    (directory / "image" / "Dockerfile.ocr").write_text("FROM scratch AS serving\n")
    lock = Path(__file__).resolve().parents[2] / "fleets/jumpstart.lock.json"
    (directory / lock.name).write_bytes(lock.read_bytes())


def _with_machine_images() -> dict[str, EndpointSpec]:
    model = ModelSpec(image=IMAGE)
    on: dict[str, Any] = {"instance_type": "ml.g5.xlarge", "inference_ami_version": AMI}
    steps = tuple(StepSpec(name=name, model=model) for name in ("a", "b"))
    return {
        "ami-async": AsyncSpec(model=model, **on),
        "ami-side": MultiContainerSpec(
            containers={each.name: ContainerSpec(model=model) for each in steps}, **on
        ),
        "many": MultiModelSpec(
            scaling=ConcurrencyScaling(max_capacity=2, target_per_instance=4),
            model=model,
            gpu_memory_percent=80,
            **on,
        ),
        "ami-row": PipelineSpec(containers=steps, **on),
        "ami-shadow": RealtimeSpec(
            model=model, shadow_variant=ShadowVariantSpec(model=model, **on), instance_type="ml.g5.xlarge"
        ),
    }


def _two_copies_or_more() -> dict[str, AnyCopyScaling]:
    night = ScheduledCopies(at="cron(0 20 * * ? *)", min_capacity=2, max_capacity=2)
    return {
        "writer": CopyScheduleScaling(min_capacity=2, max_capacity=4, schedule=(night,)),
        "reader": CopyConcurrencyScaling(min_capacity=2, max_capacity=4, target_per_copy=4),
        "clerk": CopyInvocationScaling(min_capacity=2, max_capacity=4, target_per_copy=60),
    }


def _on_a_gpu(metric: Literal["gpu", "gpu-memory"]) -> RealtimeSpec:
    scaling = UtilizationScaling(metric=metric, target_percent=60, max_capacity=2)
    return RealtimeSpec(model=ModelSpec(image=IMAGE), instance_type="ml.g4dn.xlarge", scaling=scaling)


def rare_endpoints() -> dict[str, EndpointSpec]:
    """Give them by key."""
    build = ImageBuild(directory="image", file="Dockerfile.ocr", target="serving", build_args={"A": "1"})
    registry = PrivateRegistry(image="registry.example.org/team/ocr:1", credentials_provider=FUNCTION)
    return {
        "bought": RealtimeSpec(model=ModelSpec(model_package=PACKAGE), instance_type="ml.m5.large"),
        "rented": ServerlessSpec(model=ServerlessModelSpec(model_package=PACKAGE)),
        "gated": RealtimeSpec(
            model=ModelSpec(image=IMAGE, network_isolation=False, secrets={"HF_TOKEN": "hf-token"}),
            instance_type="ml.m5.large",
        ),
        "built": RealtimeSpec(model=ModelSpec(build=build), instance_type="ml.m5.large"),
        "pulled": RealtimeSpec(
            model=ModelSpec(private_registry=registry, network_isolation=False),
            instance_type="ml.m5.large",
            scaling=ConcurrencyScaling(max_capacity=2, target_per_instance=4, disable_scale_in=True),
        ),
        "unhosted": ServerlessSpec(model=ServerlessModelSpec(build=build, secrets={"HF_TOKEN": "hf-token"})),
        **_with_machine_images(),
        "gpu": _on_a_gpu("gpu"),
        "gpu-memory": _on_a_gpu("gpu-memory"),
        "falcon": RealtimeSpec(model=ModelSpec(jumpstart=FALCON), instance_type="ml.g5.12xlarge"),
        "night": BatchTransformSpec(
            model=ModelSpec(image=IMAGE),
            instance_type="ml.g5.xlarge",
            ami_version="al2-ami-sagemaker-batch-gpu-535",
        ),
        "packed": InferenceComponentEndpointSpec(
            instance_type="ml.g5.12xlarge",
            scaling=ManagedInstanceScaling(
                max_instance_count=4,
                scale_in_strategy="CONSOLIDATION",
                scale_in_cooldown=timedelta(minutes=30),
                maximum_step_size=2,
            ),
            components={
                name: InferenceComponentSpec(model=ModelSpec(image=IMAGE), copies=2, scaling=scaling)
                for name, scaling in _two_copies_or_more().items()
            },
        ),
    }
