"""Knows every name that Pilotlight gives to something: the only place that does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

NAME_PATTERN: Final = r"[a-z][a-z0-9-]*"
"""What a fleet, a stage and an endpoint key look like; to be matched as a whole."""

ENDPOINT_NAME_PATTERN: Final = r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}"
"""What SageMaker takes as the name of an endpoint (botocore 1.44.5, CreateEndpoint)."""

FOUNDATION_KEY: Final = "foundation"
"""The key of the stack that owns what the endpoints of a fleet share."""

NETWORK_KEY: Final = "network"
"""The key of the stack that owns the network of a fleet that has one of its own."""

OPERATIONS_KEY: Final = "operations"
"""The key of the stack with the dashboard of a fleet and what keeps its models warm."""

RESERVED_KEYS: Final = frozenset({FOUNDATION_KEY, NETWORK_KEY, OPERATIONS_KEY})
"""Keys that no endpoint may have, because Pilotlight's own stacks have them."""

VARIANT_NAME: Final = "AllTraffic"
"""The one production variant of an endpoint; the SageMaker SDKs and consoles use the same name."""

SHADOW_VARIANT_NAME: Final = "Shadow"
"""The variant that is sent copies of requests; an endpoint has one at most."""

VARIANT_NAME_PATTERN: Final = ENDPOINT_NAME_PATTERN
"""What SageMaker takes as the name of a variant (botocore 1.44.5, CreateEndpointConfig): the same words."""

COMPONENT_NAME_PATTERN: Final = r"[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?"
"""What SageMaker takes as the name of an inference component (botocore 1.44.5, CreateInferenceComponent)."""

FLEET_TAG: Final = "pilotlight:fleet"
ENDPOINT_TAG: Final = "pilotlight:endpoint"
STAGE_TAG: Final = "pilotlight:stage"
OWN_TAGS: Final = (FLEET_TAG, ENDPOINT_TAG, STAGE_TAG)
"""The tags that Pilotlight sets itself; no stage, no stage tag."""

RESERVED_TAG_PREFIXES: Final = ("aws:", "pilotlight:")
"""Tag keys that a fleet file may not use: the first belongs to AWS, the second to us."""


@dataclass(frozen=True, slots=True)
class AsyncPrefixes:
    """The S3 prefixes of an asynchronous endpoint, each ending in a slash."""

    input: str
    output: str
    failure: str


@dataclass(frozen=True, slots=True)
class TransformPrefixes:
    """The S3 prefixes of a batch transform, each ending in a slash."""

    input: str
    output: str

    @property
    def manifest(self) -> str:
        """The key of its manifest, in the folder of what it lists."""
        return f"{self.input}manifest.json"


def is_name(text: str) -> bool:
    """Tell whether `text` may name a fleet, a stage or an endpoint."""
    return re.fullmatch(NAME_PATTERN, text) is not None


def qualified(fleet: str, stage: str | None = None) -> str:
    """Name a fleet in one stage: `<fleet>`, or `<fleet>-<stage>`."""
    return fleet if stage is None else f"{fleet}-{stage}"


def stack_name(fleet: str, key: str, stage: str | None = None) -> str:
    """Name the stack of one endpoint, or of the foundation: `Pilotlight-<fleet>[-<stage>]-<key>`."""
    return f"{stack_name_prefix(fleet, stage)}{key}"


def stack_name_prefix(fleet: str, stage: str | None = None) -> str:
    """Give what the names of all stacks of a fleet begin with."""
    return f"Pilotlight-{qualified(fleet, stage)}-"


def endpoint_name(fleet: str, key: str, stage: str | None = None) -> str:
    """Name an endpoint: `<fleet>[-<stage>]-<key>`."""
    return f"{qualified(fleet, stage)}-{key}"


def component_name(endpoint: str, component: str) -> str:
    """Name an inference component by the name of its endpoint and its own key: `<endpoint>-<component>`."""
    return f"{endpoint}-{component}"


def async_prefixes(key: str) -> AsyncPrefixes:
    """Give where an asynchronous endpoint reads requests and writes answers and failures."""
    return AsyncPrefixes(input=f"async/{key}/in/", output=f"async/{key}/out/", failure=f"async/{key}/failed/")


def transform_prefixes(key: str) -> TransformPrefixes:
    """Give where a batch transform reads records and writes answers."""
    return TransformPrefixes(input=f"transform/{key}/in/", output=f"transform/{key}/out/")


def capture_prefix(key: str) -> str:
    """Give the S3 prefix below which SageMaker keeps the captured requests and answers of an endpoint."""
    return f"capture/{key}/"


def core_dump_prefix(key: str) -> str:
    """Give the S3 prefix below which SageMaker keeps the memory of crashed containers of an endpoint."""
    return f"cores/{key}/"


def models_prefix(key: str) -> str:
    """Give the S3 prefix below which the model artefacts of an endpoint are kept."""
    return f"models/{key}/"
