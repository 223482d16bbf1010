"""SageMaker's control plane in one region: the parts, and the operations of its API."""

from __future__ import annotations

from pilotlight.local.control_plane.components import InferenceComponents
from pilotlight.local.control_plane.endpoint_configs import EndpointConfigs
from pilotlight.local.control_plane.endpoint_store import EndpointStore
from pilotlight.local.control_plane.endpoints import Endpoints
from pilotlight.local.control_plane.models import Models
from pilotlight.local.control_plane.place import Place
from pilotlight.local.control_plane.runtime import RuntimeFactory
from pilotlight.local.control_plane.tags import Tags
from pilotlight.local.emulator.json_service import Operations
from pilotlight.local.transform.jobs import NO_CONTAINERS, JobRunner, TransformJobs


class ControlPlane:
    """Models, endpoint configurations, endpoints, components and transform jobs of one region."""

    def __init__(
        self, place: Place, make_runtime: RuntimeFactory, transforms: JobRunner = NO_CONTAINERS
    ) -> None:
        self.tags = Tags(self._holds)
        self.models = Models(place, self.tags)
        self.configs = EndpointConfigs(place, self.models, self.tags)
        self.store = EndpointStore(place)
        self.components = InferenceComponents(place, models=self.models, endpoints=self.store, tags=self.tags)
        self.endpoints = Endpoints(
            place,
            models=self.models,
            configs=self.configs,
            store=self.store,
            components=self.components,
            tags=self.tags,
            make_runtime=make_runtime,
        )
        self.transforms = TransformJobs(place, models=self.models, tags=self.tags, runner=transforms)

    def operations(self) -> Operations:
        """What the API offers, by the names of its operations."""
        models, configs, endpoints, tags = self.models, self.configs, self.endpoints, self.tags
        components = self.components
        return {
            "CreateModel": models.create,
            "DescribeModel": models.describe,
            "ListModels": models.list_all,
            "DeleteModel": models.delete,
            "CreateEndpointConfig": configs.create,
            "DescribeEndpointConfig": configs.describe,
            "ListEndpointConfigs": configs.list_all,
            "DeleteEndpointConfig": configs.delete,
            "CreateEndpoint": endpoints.create,
            "DescribeEndpoint": endpoints.describe,
            "ListEndpoints": endpoints.list_endpoints,
            "UpdateEndpoint": endpoints.update,
            "UpdateEndpointWeightsAndCapacities": endpoints.update_weights_and_capacities,
            "DeleteEndpoint": endpoints.delete,
            "CreateInferenceComponent": components.create,
            "DescribeInferenceComponent": components.describe,
            "ListInferenceComponents": components.list_all,
            "UpdateInferenceComponent": components.update,
            "UpdateInferenceComponentRuntimeConfig": components.update_runtime_config,
            "DeleteInferenceComponent": components.delete,
            **self.transforms.operations(),
            "AddTags": tags.add,
            "ListTags": tags.list_tags,
            "DeleteTags": tags.delete,
        }

    def _holds(self, arn: str) -> bool:
        holders = (self.models, self.configs, self.store, self.components, self.transforms)
        return any(each.holds(arn) for each in holders)
