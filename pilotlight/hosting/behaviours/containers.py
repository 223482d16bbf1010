"""What we claim about endpoints whose model has several containers, and about what requests name."""

from __future__ import annotations

from pilotlight.catalog.evidence import assumed, documented, field
from pilotlight.hosting.behaviour import Behaviour

_DIRECT = documented("SageMaker Developer Guide, Invoke a multi-container endpoint with direct invocation")
_SERIAL = documented("SageMaker Developer Guide, Inference pipelines in Amazon SageMaker AI")

BEHAVIOURS = (
    Behaviour(
        "With direct invocation a request goes to the one container that it names, and to no other.",
        "invocation_target.TargetRules.containers",
        _DIRECT,
    ),
    Behaviour(
        "It is refused when it names none or one that is not there, and elsewhere when it names any.",
        "invocation_target.TargetRules.refusal",
        _DIRECT,
    ),
    Behaviour(
        "A request to an endpoint with inference components has to name one.",
        "invocation_target.COMPONENT_MISSING",
        field("langchain-ai/langchain#16150, 2024-01-17: the text of the ValidationError"),
    ),
    Behaviour(
        "A request that names a component elsewhere, or one that is not there, is refused.",
        "invocation_target.TargetRules.components",
        assumed("AWS publishes neither case; a name that finds nothing is a ValidationError everywhere else"),
    ),
    Behaviour(
        "In a serial pipeline the answer of each container is the body of the request to the next one.",
        "container_chain.stage_headers",
        _SERIAL,
    ),
    Behaviour(
        "Its content type goes with it, and what the caller accepts is asked of the last container only.",
        "container_chain.ACCEPT",
        assumed(
            "AWS does not say which headers go on; this is how scikit-learn and XGBoost containers chain"
        ),
    ),
)
