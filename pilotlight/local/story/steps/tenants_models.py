"""Models of two tenants are published after the deployment, and each answers by its name, as its own."""

from __future__ import annotations

import json
from typing import Any

from pilotlight.local.containers.stand_in import ANSWER_KEY
from pilotlight.local.story.looking import containers
from pilotlight.local.story.publishing import publish
from pilotlight.local.story.scene import Scene
from pilotlight.local.story.step import StepFailed
from pilotlight.local.story.tenants import TENANT_MODELS, TenantModel


def tenants_models(scene: Scene) -> str:
    """Every target model gives the answer that was derived by hand; where Triton cannot run, a stand-in's."""
    for model in TENANT_MODELS:
        publish(scene, model)
    answers = [(model, _ask(scene, model)) for model in TENANT_MODELS]
    stand_ins = {model.endpoint: why for model in TENANT_MODELS if (why := _why_stand_in(scene, model))}
    wrong = [
        f"{model.target} of {model.endpoint} answers {answer}"
        for model, answer in answers
        if not (ANSWER_KEY in answer if model.endpoint in stand_ins else _is_right(model, answer))
    ]
    if wrong:
        raise StepFailed("; ".join(wrong))
    real = sum(model.endpoint not in stand_ins for model in TENANT_MODELS)
    seen = f"{len(answers)} target models on 2 endpoints answer, {real} of them right on the real Triton"
    return "; ".join([seen, *(f"stand-ins answer: {why}" for why in sorted({*stand_ins.values()}))])


def _ask(scene: Scene, model: TenantModel) -> dict[str, Any]:
    answer = scene.client("sagemaker-runtime").invoke_endpoint(
        EndpointName=scene.showcase.endpoint(model.endpoint),
        TargetModel=model.target,
        ContentType="application/json",
        Body=json.dumps({"inputs": [model.tensor]}).encode(),
    )
    document: dict[str, Any] = json.load(answer["Body"])
    return document


def _is_right(model: TenantModel, answer: dict[str, Any]) -> bool:
    return bool(answer["outputs"][0]["data"] == model.right)


def _why_stand_in(scene: Scene, model: TenantModel) -> str:
    """Why the endpoint of a model does not run on the real Triton; empty: it does."""
    running = containers(scene, scene.showcase.endpoint(model.endpoint))
    return next((each.why for each in running if not each.is_real), "")
