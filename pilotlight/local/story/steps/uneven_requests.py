"""Short and long requests at once on two instances: who gets how many, under two routing strategies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pilotlight.local.story.burst import TOKENS, Burst, send_burst
from pilotlight.local.story.looking import endpoint_config
from pilotlight.local.story.scene import Scene
from pilotlight.local.story.step import StepFailed
from pilotlight.local.story.waiting import wait_until

_OTHER = "RANDOM"
_OTHER_CONFIG = "story-random-routing"
_MINUTES = 60
"""New instances come into service before the old ones go, and GPUs take their time."""

_UNEVEN = len(TOKENS) // 4
"""Requests by which the instances may differ under least outstanding requests: some end while others come."""


def uneven_requests(scene: Scene) -> str:
    """Every request is answered; by the fleet's own strategy the instances get about as many each."""
    endpoint = scene.showcase.endpoint(scene.codegen)
    routing = endpoint_config(scene, endpoint)["ProductionVariants"][0]["RoutingConfig"]["RoutingStrategy"]
    own = _checked(send_burst(scene, endpoint), routing)
    if max(own.per_instance) - min(own.per_instance) > _UNEVEN:
        msg = f"{routing} gave the instances {own.per_instance} requests"
        raise StepFailed(msg)
    with _random_routing(scene, endpoint):
        other = _checked(send_burst(scene, endpoint), _OTHER)
    return f"{len(TOKENS)} requests: {_shown(routing, own)}; {_shown(_OTHER, other)}"


def _checked(burst: Burst, routing: str) -> Burst:
    if burst.answered != len(TOKENS) or sum(burst.per_instance) != len(TOKENS):
        msg = f"{routing}: {burst.answered} of {len(TOKENS)} answered, {burst.per_instance} per instance"
        raise StepFailed(msg)
    if len(burst.per_instance) < 2:  # noqa: PLR2004 - between fewer there is nothing to choose
        msg = f"{routing}: only {len(burst.per_instance)} instance answers"
        raise StepFailed(msg)
    return burst


def _shown(routing: str, burst: Burst) -> str:
    shares = " and ".join(str(count) for count in burst.per_instance)
    return f"{routing} {shares} per instance in {burst.seconds:.2f} s"


@contextmanager
def _random_routing(scene: Scene, endpoint: str) -> Iterator[None]:
    """Run the endpoint on a copy of its configuration with the other strategy, then on its own again."""
    sagemaker = scene.client("sagemaker")
    own = endpoint_config(scene, endpoint)
    variants = [{**each, "RoutingConfig": {"RoutingStrategy": _OTHER}} for each in own["ProductionVariants"]]
    sagemaker.create_endpoint_config(EndpointConfigName=_OTHER_CONFIG, ProductionVariants=variants)
    _update(scene, endpoint, _OTHER_CONFIG)
    yield
    _update(scene, endpoint, own["EndpointConfigName"])
    sagemaker.delete_endpoint_config(EndpointConfigName=_OTHER_CONFIG)


def _update(scene: Scene, endpoint: str, config: str) -> None:
    sagemaker = scene.client("sagemaker")
    sagemaker.update_endpoint(EndpointName=endpoint, EndpointConfigName=config)

    def is_there() -> bool:
        now = sagemaker.describe_endpoint(EndpointName=endpoint)
        return bool(now["EndpointConfigName"] == config and now["EndpointStatus"] == "InService")

    wait_until(f"{endpoint} runs on {config}", is_there, seconds=scene.patience(_MINUTES))
