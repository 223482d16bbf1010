"""What we claim about the models of a multi-model instance."""

from __future__ import annotations

from pilotlight.catalog.evidence import assumed, documented, field
from pilotlight.hosting.behaviour import Behaviour

_HOW = documented("SageMaker Developer Guide, Multi-model endpoints, How multi-model endpoints work")
_CONTRACT = documented("SageMaker Developer Guide, Custom Containers Contract for Multi-Model Endpoints")
_INVOKE = documented("SageMaker Developer Guide, Invoke a Multi-Model Endpoint")
_CACHING = documented("SageMaker Developer Guide, Set multi-model endpoint model caching behavior")
_METRICS = documented("SageMaker Developer Guide, CloudWatch Metrics for Multi-Model Endpoint Deployments")

BEHAVIOURS = (
    Behaviour(
        "A model is downloaded to the volume, then loaded; a loaded one is invoked at once.",
        "model_cache.step",
        _HOW,
    ),
    Behaviour(
        "Invocations of a model that is being fetched wait for that one fetch.",
        "model_cache_invocations.invoke",
        assumed("a second load of the same model would answer 409; AWS does not say how they are joined"),
    ),
    Behaviour(
        "Any number of models is fetched at a time.",
        "model_cache_fetch.advance",
        assumed("the guide says that the concurrency is a factor of the vCPUs, without the factor"),
    ),
    Behaviour(
        "When memory is short, unused models are unloaded, and stay on the volume.",
        "model_cache_room.make_memory_room",
        _HOW,
    ),
    Behaviour(
        "When the volume is full, unused models are deleted from it.", "model_cache_room.make_disk_room", _HOW
    ),
    Behaviour(
        "The least recently used model goes first.",
        "model_cache_settings.CacheSettings.eviction",
        assumed("AWS says unused models, and that it keeps frequently used ones; no order is published"),
    ),
    Behaviour(
        "From the volume those go first that are not loaded.",
        "model_cache_room.make_disk_room",
        assumed("the guide says any unused models; a loaded one may still be reading its files"),
    ),
    Behaviour(
        "Unused means that no invocation waits for it or runs on it.",
        "cached_model.CachedModel.is_unused",
        assumed("the guide does not define unused; a popularity window has been claimed without a source"),
    ),
    Behaviour(
        "Given a budget, memory is full when the models' sizes in memory reach it.",
        "model_cache_settings.CacheSettings.memory",
        assumed("the guide says high memory utilization, without a number"),
    ),
    Behaviour(
        "A container's 507 to a load has unused models unloaded, and the load is tried again.",
        "model_cache_operations.make_room_for_load",
        _CONTRACT,
    ),
    Behaviour(
        "One model for each 507.",
        "model_cache_room.reclaim",
        assumed("how many are unloaded at a time is not published; the fewest are modelled"),
    ),
    Behaviour(
        "A container's 507 to an invocation, which GPU containers may give, does the same.",
        "model_cache_events.InvokeRefused",
        _CONTRACT,
    ),
    Behaviour(
        "If nothing is unused, the invocation is refused at once with 507.",
        "model_cache_events.Refusal.NO_ROOM",
        assumed("AWS does not say what the caller sees; the container's own status is the likeliest"),
    ),
    Behaviour(
        "If the unused models together are too small, none of them is unloaded.",
        "model_cache_room.make_memory_room",
        assumed("AWS does not say; unloading them would help nobody"),
    ),
    Behaviour("A container's 409 to a load means that it is loaded.", "model_cache_events.Loaded", _CONTRACT),
    Behaviour(
        "An invocation that waits 60 seconds for its model gets ModelNotReadyException; the fetch goes on.",
        "model_cache_settings.CacheSettings.patience",
        _INVOKE,
    ),
    Behaviour(
        "Download and load together may take 360 seconds.",
        "model_cache_settings.CacheSettings.fetch_limit",
        _INVOKE,
    ),
    Behaviour(
        "After that who waits gets ModelNotReadyException, and the next invocation begins a new fetch.",
        "model_cache_events.Abandon",
        assumed("the guide says up to 360 seconds, not what happens then"),
    ),
    Behaviour(
        "A model that cannot be downloaded is a ValidationError for the caller.",
        "model_cache_events.Refusal.DOWNLOAD_FAILED",
        field(
            "a published troubleshooting guide, of an inference component: ValidationError, Failed to "
            "download model data"
        ),
    ),
    Behaviour(
        "A model that cannot be loaded is a ModelError; it stays on the volume, the next one tries again.",
        "model_cache_events.Refusal.LOAD_FAILED",
        assumed("InvokeEndpoint names ModelError for what the container answers; the rest is not published"),
    ),
    Behaviour(
        "With ModelCacheSetting Disabled a model is unloaded and deleted right after its invocation.",
        "model_cache_settings.CacheSettings.enabled",
        _CACHING,
    ),
    Behaviour(
        "Invocations that overlap share it, and it goes after the last.",
        "model_cache.step",
        assumed("the guide speaks of one invocation; unloading a model in use would fail the others"),
    ),
    Behaviour(
        "An invocation of a loaded model is a cache hit; its wait is published only for a miss.",
        "model_cache_metrics.effect_metrics",
        assumed("the guide defines both metrics, not whether a hit publishes a wait of 0"),
    ),
    Behaviour(
        "Times of models are microseconds; LoadedModelCount is published for each instance.",
        "model_cache_metrics.instance_metrics",
        _METRICS,
    ),
)
