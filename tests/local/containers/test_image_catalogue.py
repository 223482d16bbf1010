"""What runs for which image."""

from __future__ import annotations

import pytest

from pilotlight.local.containers.image_catalogue import ImageRefused, Label, Runner, plan_for

REGISTRY = "763104351884.dkr.ecr.us-east-1.amazonaws.com"


@pytest.mark.parametrize("digest", ["", "@sha256:0000"])
def test_scikit_learn_image_runs_its_script(digest: str) -> None:
    """AWS's scikit-learn image is replaced by a process that runs the real script."""
    image = f"683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.4-2-cpu-py3{digest}"
    plan = plan_for(image, {})

    assert (Runner.SCRIPT, Label.REAL) == (plan.runner, plan.label)


@pytest.mark.parametrize(
    "image",
    [
        "huggingface-pytorch-tgi-inference:2.7.0-tgi3.3.6-gpu-py311-cu124-ubuntu22.04",
        "djl-inference:0.36.0-lmi27.0.0-cu130",
        "huggingface-vllm:0.21.0-transformers5.8.1-gpu-py312-cu130-ubuntu22.04",
    ],
)
def test_image_that_needs_a_gpu_gets_a_labelled_stand_in(image: str) -> None:
    """Nothing pretends to run a large language model here."""
    plan = plan_for(f"{REGISTRY}/{image}", {})

    assert (Runner.STAND_IN, Label.STAND_IN, "the image needs a GPU") == (plan.runner, plan.label, plan.why)


def test_triton_image_runs_the_real_triton() -> None:
    """Whoever sees the plan also sees that its port is not only this machine's."""
    plan = plan_for(f"{REGISTRY}/sagemaker-tritonserver:26.05-py3", {})

    assert (Runner.TRITON, Label.REAL) == (plan.runner, plan.label)
    assert "all interfaces" in plan.caveat


def test_image_of_ones_own_runs_its_serve_command() -> None:
    """Whoever names the command of an image gets that, whatever its name; where it listens is its affair."""
    plan = plan_for("mine:gpu", {"mine:gpu": ["python", "serve.py"]})

    assert (Runner.COMMAND, Label.REAL, ("python", "serve.py")) == (plan.runner, plan.label, plan.command)
    assert "LISTEN_ADDRESS" in plan.caveat


@pytest.mark.parametrize(
    ("image", "got"),
    [
        (f"{REGISTRY}/pytorch-inference:2.6.0-cpu-py312-ubuntu22.04-sagemaker", "pytorch-inference"),
        ("gpu/mine:1", "gpu/mine:1"),
    ],
)
def test_fails_when_nothing_here_can_run_the_image(image: str, got: str) -> None:
    """An unknown image is refused with what is allowed, instead of an answer nobody can trust."""
    with pytest.raises(
        ImageRefused,
        match=rf"got .*{got}.*, allowed sagemaker-scikit-learn, sagemaker-tritonserver, an image",
    ):
        plan_for(image, {})


def test_fails_when_there_is_no_image() -> None:
    """Model packages have no image that could be looked at."""
    with pytest.raises(ImageRefused, match="got none"):
        plan_for(None, {})
