"""The endpoint operations of a region: Create, Describe, List, Update, UpdateWeightsAndCapacities, Delete."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pilotlight.local.control_plane.components import InferenceComponents
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.control_plane.endpoint_configs import EndpointConfigs
from pilotlight.local.control_plane.endpoint_record import EndpointRecord
from pilotlight.local.control_plane.endpoint_store import IN_TRANSITION, EndpointStore
from pilotlight.local.control_plane.listing import listed
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.local.control_plane.models import Models
from pilotlight.local.control_plane.place import Place
from pilotlight.local.control_plane.runtime import RuntimeFactory
from pilotlight.local.control_plane.tags import Tags
from pilotlight.local.emulator.api_error import ValidationError

Request = dict[str, Any]


class Endpoints:
    """Runs the operations on endpoints; the runtimes make true what is asked."""

    def __init__(
        self,
        place: Place,
        *,
        models: Models,
        configs: EndpointConfigs,
        store: EndpointStore,
        components: InferenceComponents,
        tags: Tags,
        make_runtime: RuntimeFactory,
    ) -> None:
        self._place = place
        self._models = models
        self._configs = configs
        self._store = store
        self._components = components
        self._tags = tags
        self._make_runtime = make_runtime

    def create(self, request: Request) -> Request:
        """CreateEndpoint."""
        name = request["EndpointName"]
        arn = self._place.arn("endpoint", name)
        config = self._configs.find(request["EndpointConfigName"])
        models = self._models_of(config)
        runtime = self._make_runtime(name, config=config, models=models, on_change=self._store.tell)
        now = datetime.now(UTC)
        endpoint = EndpointRecord(name, arn, now, now, runtime, request.get("DeploymentConfig"))
        endpoint.take(config, models)
        self._store.add(endpoint)
        self._tags.put(arn, request.get("Tags", ()))
        runtime.start()
        return {"EndpointArn": arn}

    def describe(self, request: Request) -> Request:
        """DescribeEndpoint."""
        return self._store.find(request["EndpointName"]).description()

    def list_endpoints(self, request: Request) -> Request:
        """ListEndpoints."""
        summaries = [each.summary() for each in self._store.all()]
        return listed(summaries, request, key="Endpoints", name="EndpointName", status="EndpointStatus")

    def update(self, request: Request) -> Request:
        """UpdateEndpoint."""
        endpoint = self._changeable(request["EndpointName"])
        config = self._configs.find(request["EndpointConfigName"])
        models = self._models_of(config)
        _check_hosting(endpoint.configs[endpoint.described().config_name], config)
        endpoint.take(config, models)
        endpoint.runtime.update(config, models, retain_variant_properties=_retains_counts(request))
        if not request.get("RetainDeploymentConfig", False):
            endpoint.deployment = request.get("DeploymentConfig")
        return self._touched(endpoint)

    def update_weights_and_capacities(self, request: Request) -> Request:
        """UpdateEndpointWeightsAndCapacities."""
        endpoint = self._changeable(request["EndpointName"])
        wanted = request["DesiredWeightsAndCapacities"]
        self._check_variants(endpoint, [each["VariantName"] for each in wanted])
        for each in wanted:
            if "DesiredWeight" in each:
                endpoint.weights[each["VariantName"]] = each["DesiredWeight"]
                endpoint.runtime.set_weight(each["VariantName"], each["DesiredWeight"])
            if "DesiredInstanceCount" in each:
                endpoint.runtime.set_desired_instance_count(each["VariantName"], each["DesiredInstanceCount"])
            if "ServerlessUpdateConfig" in each:
                given = each["ServerlessUpdateConfig"]
                most, provisioned = given.get("MaxConcurrency"), given.get("ProvisionedConcurrency")
                endpoint.runtime.set_concurrency(each["VariantName"], most=most, provisioned=provisioned)
        return self._touched(endpoint)

    def delete(self, request: Request) -> None:
        """DeleteEndpoint."""
        endpoint = self._store.find(request["EndpointName"])
        components = self._components.on_endpoint(endpoint.name)
        if components:  # assumed: AWS says only that deleting an endpoint does not delete its components
            names = ", ".join(components)
            msg = f'Cannot delete endpoint "{endpoint.arn}": delete its inference components {names} first.'
            raise ValidationError(msg)
        self._tags.forget(endpoint.arn)
        self._store.end(endpoint)

    def _models_of(self, config: EndpointConfigRecord) -> dict[str, ModelRecord]:
        return {name: self._models.find(name) for name in config.model_names}

    def _changeable(self, name: str) -> EndpointRecord:
        endpoint = self._store.find(name)
        status = endpoint.status
        if status in IN_TRANSITION or endpoint.deleting:
            msg = f'Cannot update in-progress endpoint "{endpoint.arn}".'
            raise ValidationError(msg)
        if status == "Failed":
            msg = f'Cannot update failed endpoint "{endpoint.arn}": it can only be deleted.'
            raise ValidationError(msg)
        return endpoint

    def _check_variants(self, endpoint: EndpointRecord, names: list[str]) -> None:
        known = {each.name for each in endpoint.described().variants}
        missing = [name for name in names if name not in known]
        if missing:
            msg = f'Could not find variant(s) {missing} of endpoint "{endpoint.arn}": it has {sorted(known)}.'
            raise ValidationError(msg)

    def _touched(self, endpoint: EndpointRecord) -> Request:
        endpoint.modified = datetime.now(UTC)
        return {"EndpointArn": endpoint.arn}


def _check_hosting(present: EndpointConfigRecord, wanted: EndpointConfigRecord) -> None:
    """Refuse another way of hosting: instances stay instances, and who has the models stays.

    That instances cannot become serverless is documented (Deploy models with Serverless Inference), the rest
    is assumed.
    """
    for what, now, then in (
        ("a serverless endpoint", present.is_serverless, wanted.is_serverless),
        ("an endpoint that hosts inference components", present.hosts_components, wanted.hosts_components),
    ):
        if now != then:
            msg = f"Cannot update an endpoint that is {'' if now else 'not '}{what} to {wanted.name}."
            raise ValidationError(msg)


def _retains_counts(request: Mapping[str, Any]) -> bool:
    """Whether an update keeps the instance counts that scaling chose; the default is that it does not."""
    excluded = {each["VariantPropertyType"] for each in request.get("ExcludeRetainedVariantProperties", ())}
    return request.get("RetainAllVariantProperties", False) and "DesiredInstanceCount" not in excluded
