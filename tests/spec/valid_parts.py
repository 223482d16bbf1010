"""Draws valid parts that several kinds of endpoint have."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from pilotlight.spec import (
    AllAtOnceDeployment,
    CanaryDeployment,
    EcrImage,
    LinearDeployment,
    ModelSpec,
    RollingDeployment,
)
from pilotlight.spec.private_registry import PrivateRegistry

names = st.from_regex("[a-z]([a-z0-9-]{0,10}[a-z0-9])?", fullmatch=True)
texts = st.text(st.characters(codec="utf-8"), max_size=12)
tags = st.dictionaries(
    st.from_regex("[a-oA-O][A-Za-z0-9 _.:/=+@-]{0,8}", fullmatch=True), st.just("a b"), max_size=2
)
FRAMEWORKS = (("scikit-learn", "1.4-2"), ("xgboost", "1.7-1"), ("pytorch", "2.6"), ("triton", "24.09"))


def durations(least: int, most: int) -> st.SearchStrategy[timedelta]:
    """Draw whole seconds between two limits."""
    return st.integers(least, most).map(lambda seconds: timedelta(seconds=seconds))


ACCOUNT = "123456789012"
images = (
    st.sampled_from(FRAMEWORKS).map(lambda pair: {"framework": pair[0], "version": pair[1]})
    | st.just({"image": f"{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/ocr:1.4.2"})
    | st.just({"ecr": EcrImage(repository="team/ocr", tag="1.4.2")})
    | st.just({"ecr": EcrImage(repository="team/ocr", digest=f"sha256:{'0a' * 32}", account=ACCOUNT)})
)
sources = st.sampled_from(["s3://models/ocr/", "s3://models/ocr/model.tar.gz"])


@st.composite
def models(draw: st.DrawFn, *, with_files: bool = True) -> ModelSpec:
    """Draw a model with one image."""
    source = draw(sources) if with_files else None
    return ModelSpec(
        **draw(images),
        source=source,
        environment=draw(st.dictionaries(st.from_regex("[A-Z_]{1,5}", fullmatch=True), texts, max_size=3)),
        network_isolation=draw(st.booleans()),
        accept_eula=source is not None and source.endswith("/") and draw(st.booleans()),
    )


@st.composite
def models_of_any_source(draw: st.DrawFn) -> ModelSpec:
    """Draw a model whose image may also be in a private registry or in a model package, or read secrets."""
    model = draw(models())
    anything = model.model_copy(update=dict.fromkeys(("framework", "version", "image", "ecr")))
    package = f"arn:aws:sagemaker:us-east-1:{ACCOUNT}:model-package/ocr/3"
    provider = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:credentials"
    registry = PrivateRegistry(
        image="registry.example.org/team/ocr:1.4", credentials_provider=draw(st.none() | st.just(provider))
    )
    bare: dict[str, Any] = {"source": None, "environment": {}, "accept_eula": False}
    reads = {"image": f"{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/ocr:1.4.2", "network_isolation": False}
    return draw(
        st.sampled_from(
            [
                model,
                anything.model_copy(update={"private_registry": registry}),
                anything.model_copy(update={"model_package": package, **bare}),
                anything.model_copy(update={**reads, "secrets": {"HF_TOKEN": "prod/hugging-face"}}),
            ]
        )
    )


time_out = {"maximum_execution_timeout": st.none() | durations(600, 28800)}
blue_green = {"wait_interval": durations(0, 3600), "termination_wait": durations(0, 3600), **time_out}
gradual = st.builds(CanaryDeployment, canary_percent=st.integers(1, 50), **blue_green) | st.builds(
    LinearDeployment, linear_step_percent=st.integers(10, 50), **blue_green
)
rolling = st.builds(
    RollingDeployment,
    maximum_batch_percent=st.integers(5, 50),
    rollback_maximum_batch_percent=st.none() | st.integers(5, 100),
    wait_interval=durations(0, 3600),
    **time_out,
)
blue_green_deployments = gradual | st.builds(AllAtOnceDeployment, **blue_green)
deployments = rolling | blue_green_deployments
