"""Models of two tenants are published after the deployment, and each answers by its name, as its own."""

from __future__ import annotations

import json
from typing import Any

from pilotlight.local.story.looking import containers
from pilotlight.local.story.publishing import publish
from pilotlight.local.story.scene import Scene
from pilotlight.local.story.step import StepFailed
from pilotlight.local.story.tenants import TENANT_MODELS, TenantModel


def tenants_models(scene: Scene) -> str:
    """Every target model gives the answer that was derived by hand; where Triton cannot run, a stand-in's."""
    for model in TENANT_MODELS:
        publish(scene, model)
    answers = [_ask(scene, model) for model in TENANT_MODELS]
    wrong = [
        f"{model.target} of {model.endpoint} answers {answer}"
        for model, answer in zip(TENANT_MODELS, answers, strict=True)
        if _is_real(scene, model) and answer["outputs"][0]["data"] != model.right
    ]
    if wrong:
        raise StepFailed("; ".join(wrong))
    real = sum(_is_real(scene, model) for model in TENANT_MODELS)
    return f"{len(answers)} target models on 2 endpoints answer, {real} of them right on the real Triton"


def _ask(scene: Scene, model: TenantModel) -> dict[str, Any]:
    answer = scene.client("sagemaker-runtime").invoke_endpoint(
        EndpointName=scene.showcase.endpoint(model.endpoint),
        TargetModel=model.target,
        ContentType="application/json",
        Body=json.dumps({"inputs": [model.tensor]}).encode(),
    )
    document: dict[str, Any] = json.load(answer["Body"])
    return document


def _is_real(scene: Scene, model: TenantModel) -> bool:
    running = containers(scene, scene.showcase.endpoint(model.endpoint))
    return all(each.label == "real" for each in running)
