"""Finds out why an endpoint cannot be kept warm."""

from __future__ import annotations

from collections.abc import Iterator

from pilotlight.spec import EndpointSpec, FleetRefused, MultiModelSpec, Refusal, WarmUpSpec
from pilotlight.spec.warm_up import CAN_SLEEP, NOTHING_STAYS
from pilotlight_cdk.model_store import ModelStore
from pilotlight_cdk.named_endpoint import NamedEndpoint


def _why_not(spec: EndpointSpec) -> str:
    if "warm_up" in spec.NOT_HERE:
        return spec.NOT_HERE["warm_up"]
    if any(capacity.minimum == 0 for capacity in spec.capacities):
        return CAN_SLEEP
    return NOTHING_STAYS if getattr(spec, "model_cache_setting", "") == "Disabled" else ""


def refuse_unfit(
    where: object, endpoint: NamedEndpoint, models: ModelStore | None, terms: WarmUpSpec
) -> None:
    """Look whether an endpoint can be kept warm on these terms.

    Args:
        where: the path of the construct.
        endpoint: whose models would be asked.
        models: where they are; None for a single one.
        terms: how they would be asked.

    Raises:
        FleetRefused: with what is wrong.
    """
    if why := _why_not(endpoint.spec):
        hint = "warm-up is for endpoints that answer at once, always have an instance and keep their models"
        raise FleetRefused((Refusal("", None, f"{where}.endpoint", why, endpoint.endpoint_name, hint=hint),))
    refusals = tuple(_of_models(where, isinstance(endpoint.spec, MultiModelSpec), models, terms))
    if refusals:
        raise FleetRefused(refusals)


def _of_models(where: object, many: bool, models: ModelStore | None, terms: WarmUpSpec) -> Iterator[Refusal]:
    if many and models is None:
        what, allowed = "where the models are is not said", "models=endpoint.models"
        yield Refusal("", None, f"{where}.models", what, "nothing", allowed)
    if not many and models is not None:
        yield Refusal(
            "", None, f"{where}.models", "one model has no place of models", models.prefix, "nothing"
        )
    if not many and terms.sample is None:
        what = "a single model needs a sample to be asked with"
        yield Refusal("", None, f"{where}.terms.sample", what, "nothing")
