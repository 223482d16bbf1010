"""What we claim about how a real-time endpoint spreads its requests."""

from __future__ import annotations

from pilotlight.catalog.evidence import assumed, documented
from pilotlight.hosting.behaviour import Behaviour

_STRATEGY = documented("botocore 1.44.5, CreateEndpointConfig, ProductionVariantRoutingConfig")
_PREFIX = documented("botocore 1.44.5, CreateEndpointConfig, PrefixAwareRoutingConfig")
_HOW = documented("SageMaker Developer Guide, Multi-model endpoints, How multi-model endpoints work")

BEHAVIOURS = (
    Behaviour("RANDOM sends each request to any instance.", "random_routing.RandomRouting", _STRATEGY),
    Behaviour(
        "Each is as likely as the other.",
        "random_routing.any_instance",
        assumed("the API says randomly chosen; an AWS article says round-robin in one place"),
    ),
    Behaviour(
        "LEAST_OUTSTANDING_REQUESTS sends it to an instance with the fewest requests in flight.",
        "least_outstanding.least_outstanding",
        assumed("the API says instances that have more capacity; the name says how that is measured"),
    ),
    Behaviour(
        "Among equals chance decides.",
        "least_outstanding.LeastOutstandingRequests.ties",
        assumed("AWS does not say who gets the request"),
    ),
    Behaviour(
        "One router knows every request in flight.",
        "real_time.RealTimeVariant",
        assumed("AWS does not say how many routers an endpoint has, nor whether they share their counts"),
    ),
    Behaviour(
        "PREFIX_AWARE sends requests with the same first PrefixLength bytes to the same instance.",
        "prefix_aware.PrefixAware.prefix_length",
        _PREFIX,
    ),
    Behaviour(
        "PrefixAwareId keeps requests with the same prefix apart.",
        "routing_request.RoutingRequest.prefix_id",
        documented("botocore 1.44.5, InvokeEndpoint, PrefixAwareId"),
    ),
    Behaviour(
        "A hash of prefix and instance says which; a new instance takes over only its own share.",
        "prefix_aware.prefix_instance",
        assumed("AWS does not say how a prefix finds its instance, nor what moves when one comes or goes"),
    ),
    Behaviour(
        "At ConcurrencyThreshold requests in flight that instance gets no more.",
        "prefix_aware.PrefixAware.concurrency_threshold",
        _PREFIX,
    ),
    Behaviour(
        "The one with the fewest in flight does then, also when all are at the threshold.",
        "prefix_aware.PrefixAware.otherwise",
        assumed(
            "the API says an instance with more available capacity, not which, nor what if there is none"
        ),
    ),
    Behaviour(
        "A variant's share is its weight over the sum of all; a target variant goes before the weights.",
        "variant_weights.choose_variant",
        documented(
            "botocore 1.44.5, CreateEndpointConfig, InitialVariantWeight; InvokeEndpoint, TargetVariant"
        ),
    ),
    Behaviour(
        "If all weights are 0, only requests that name their variant are served.",
        "variant_weights.VariantWeights.weights",
        assumed("the API allows 0 and divides by the sum; what it does with a sum of 0 is not published"),
    ),
    Behaviour(
        "A container has 60 seconds to answer.",
        "real_time.RealTimeVariant.response",
        documented("SageMaker Developer Guide, Custom Inference Code with Hosting Services"),
    ),
    Behaviour(
        "A request that finds no instance is refused with ServiceUnavailable.",
        "real_time_events.NoInstance",
        assumed("a variant keeps at least one instance; AWS does not say what happens while all are lost"),
    ),
    Behaviour(
        "A request whose instance is lost ends with an error, and is not repeated.",
        "real_time_events.RequestLost",
        assumed("AWS does not say; a repetition could run twice what may run once"),
    ),
    Behaviour(
        "Requests for a model go to an instance that has it; under many, another one fetches its own copy.",
        "model_affinity.ModelAffinity",
        _HOW,
    ),
    Behaviour(
        "Many means 4 in flight on each holder, and an instance with fewer.",
        "model_affinity.ModelAffinity.spill_at",
        assumed("the guide says many invocation requests, without a number"),
    ),
    Behaviour(
        "Several holders, or a model that nobody holds: the variant's strategy chooses.",
        "model_affinity.ModelAffinity.among",
        assumed("AWS does not say how its smart routing chooses between equals"),
    ),
)
