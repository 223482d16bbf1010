"""The hub: a fleet of endpoints as pure, validated data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationError, ValidationInfo, field_validator
from pydantic_core import InitErrorDetails, PydanticCustomError
from pydantic_core.core_schema import ValidatorFunctionWrapHandler

from pilotlight.catalog.regions import regions
from pilotlight.spec.account import Account
from pilotlight.spec.base import Spec
from pilotlight.spec.did_you_mean import did_you_mean
from pilotlight.spec.endpoint import AnyEndpoint, EndpointSpec
from pilotlight.spec.membership import refuse_in_fleet, twins_among
from pilotlight.spec.money import Money
from pilotlight.spec.name import Name
from pilotlight.spec.network import NetworkSpec
from pilotlight.spec.refusing import again, all_of, refused
from pilotlight.spec.tags import Tags


def _region(value: str) -> str:
    if value not in regions():
        raise refused(
            "unknown region",
            allowed=f"one of AWS's {len(regions())} regions, as us-east-1",
            hint=did_you_mean(value, regions()),
        )
    return value


class FleetSpec(Spec):
    """Everything that one fleet file says about one stage."""

    name: Name
    """Begins the names of all stacks and endpoints."""

    region: Annotated[str, AfterValidator(_region), Field(json_schema_extra={"enum": list(regions())})] = (
        "us-east-1"
    )
    """Where the fleet is deployed."""

    account: Account | None = None
    """Where the fleet is deployed, as text of twelve digits. Default: the account of who deploys."""

    stage: Name | None = None
    """The stage this is; usually chosen on the command line. Default: the fleet has no stages."""

    max_hourly_cost: Money | None = None
    """Refuse the fleet when its instances could cost more US dollars per hour. Default: no limit."""

    tags: Tags = Field({})
    """Tags of everything in the fleet."""

    network: NetworkSpec | None = None
    """The network of containers without network isolation. Default: SageMaker's own, with the internet."""

    endpoints: Annotated[
        dict[Name, AnyEndpoint], Field(json_schema_extra={"additionalProperties": False, "minProperties": 1})
    ]
    """The endpoints by their keys; a key is a part of the names of the endpoint and its stack."""

    @field_validator("endpoints", mode="wrap")
    @classmethod
    def _each_alone(cls, value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        """Look at every endpoint, whatever is wrong with the others, and at how it fits into the fleet."""
        if not isinstance(value, Mapping):
            return handler(value)
        if not value:
            raise refused("has no endpoint", got="nothing", allowed="one or more")
        endpoints: dict[str, EndpointSpec] = {}
        faults: list[InitErrorDetails] = []
        for key, endpoint in value.items():
            try:
                endpoints |= handler({key: endpoint})
                refuse_in_fleet(key, endpoints[key], info.data)
            except ValidationError as error:
                faults += again(error)
            except PydanticCustomError as fault:
                faults.append(InitErrorDetails(type=fault, loc=(key,), input=endpoint))
        faults += (
            InitErrorDetails(type=fault, loc=path, input=value) for path, fault in twins_among(endpoints)
        )
        if faults:
            raise all_of(cls.__name__, faults)
        return endpoints
