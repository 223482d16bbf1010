"""What we claim about inference components: placement, zero copies, zero instances."""

from __future__ import annotations

from pilotlight.catalog.evidence import assumed, documented, field
from pilotlight.catalog.inference_components import SCALE_TO_ZERO_MEASURED
from pilotlight.hosting.behaviour import Behaviour

_SCHEDULING = documented("botocore 1.44.5, InferenceComponentSchedulingConfig")
_SCALE_IN = documented("botocore 1.44.5, ProductionVariantManagedInstanceScalingScaleInPolicy")
_ZERO = documented("SageMaker Developer Guide, Scale an endpoint to zero instances")
_MEASURED = f"{SCALE_TO_ZERO_MEASURED}, ml.g5.xlarge"

BEHAVIOURS = (
    Behaviour(
        "An endpoint of components comes into service with empty instances, after four minutes.",
        "component_placement.EMPTY_INSTANCE",
        field(f"{_MEASURED}: in service after 4 min, before any model is loaded"),
    ),
    Behaviour(
        "A copy takes four minutes more to serve.",
        "component.CopyTiming",
        field(f"{_MEASURED}: 6 min at creation, about 4 after a wake"),
    ),
    Behaviour(
        "Fetching image and model at the same time takes two of them, starting the container two.",
        "component.CopyTiming.before_container",
        assumed("the split of the measured totals"),
    ),
    Behaviour(
        "With data caching, a further copy on the same instance fetches nothing.",
        "copy_life.fetched_at",
        documented("botocore 1.44.5, InferenceComponentDataCacheConfig"),
    ),
    Behaviour("SPREAD puts copies evenly on the instances.", "room_for_copies.instance_for", _SCHEDULING),
    Behaviour("BINPACK packs them onto few.", "room_for_copies.instance_for", _SCHEDULING),
    Behaviour(
        "Without a strategy, copies are spread.",
        "component.Component.strategy",
        assumed("AWS does not say; what SPREAD does is the safer for who measures resilience"),
    ),
    Behaviour(
        "SPREAD counts the copies of the same component first, then all; BINPACK takes the least room left.",
        "room_for_copies.instance_for",
        assumed("AWS gives no order; Availability Zones are not modelled"),
    ),
    Behaviour(
        "Cores, accelerators and memory are reserved from the placement of a copy until it is gone.",
        "placement_state.ComponentPlacement.free",
        field(f"{_MEASURED}: a reservation for scheduling, not a cap"),
    ),
    Behaviour(
        "A component whose copy not even an empty instance holds fails.",
        "component_events.TooLarge",
        field(f"{_MEASURED}: 4096 MB refused at once, with a healthy instance present"),
    ),
    Behaviour(
        "On scale-in those copies go first that serve nobody yet, then those whose leaving suits the "
        "strategy, then the idlest, then the newest.",
        "room_for_copies.first_to_go",
        assumed("AWS does not say which copy is removed"),
    ),
    Behaviour(
        "A copy whose container dies is placed again.",
        "copy_life.change_copy",
        assumed("as for the instances of a variant; how often SageMaker tries is not published"),
    ),
    Behaviour(
        "An update replaces copies batch by batch, new ones first.",
        "placement_state.ComponentPlacement.missing",
        documented("botocore 1.44.5, InferenceComponentRollingUpdatePolicy"),
    ),
    Behaviour(
        "Where the new ones have no room beside the old ones, a batch of those goes first.",
        "copy_changes.make_room",
        assumed("SageMaker provisions capacity for it; here no instance is added for an update"),
    ),
    Behaviour(
        "A request for a component without copies is refused with status 400, not queued, and counted as "
        "NoCapacityInvocationFailures.",
        "component_placement.step",
        field(f"{_MEASURED}: HTTP 400 at once, the alarm 67 s after it"),
    ),
    Behaviour(
        "Only a step policy on that metric leads out of zero copies.",
        "scalable_target.step",
        documented("SageMaker Developer Guide, Auto scaling policy overview"),
    ),
    Behaviour(
        "Instances are added as soon as copies find no room, up to the maximum.",
        "managed_instances.step",
        field(f"{_MEASURED}: copies and instances were raised to 1 together"),
    ),
    Behaviour(
        "As many are added as hold these copies, each put onto the first that has room.",
        "room_for_copies.empty_instances_for",
        assumed("AWS does not say how many it adds"),
    ),
    Behaviour(
        "A new component for whose copies no instance has room, nor will come, fails.",
        "lasting_shortage.lasting_shortages",
        field(f"{_MEASURED}: the reason of the failure, There is not enough hardware resources"),
    ),
    Behaviour(
        "One that is in service settles for the copies that have room, and says why.",
        "lasting_shortage.lasting_shortages",
        assumed("AWS does not say what becomes of the others; scaling could never end its activity"),
    ),
    Behaviour(
        "While it has copies, InvocationsPerCopy has a 0 every ten seconds beside the values of requests.",
        "component_metrics.component_sample_metrics",
        assumed("the guide's example scales in to zero by this metric, which needs values without requests"),
    ),
    Behaviour("IDLE_RELEASE releases instances without copies.", "managed_instances.step", _SCALE_IN),
    Behaviour(
        "It does so ten minutes after the last copy has gone.",
        "managed_instances.ManagedInstances.release_after",
        field(f"AWS Machine Learning Blog: about 10 min; {_MEASURED}: 12 min"),
    ),
    Behaviour(
        "With a MinInstanceCount of 0 no instance stays once no component has a copy.",
        "managed_instances.ManagedInstances.minimum",
        _ZERO,
    ),
    Behaviour(
        "CONSOLIDATION waits for its cool-down, 20 minutes by default, and releases one instance at a time.",
        "managed_instances.ManagedInstances.cooldown",
        _SCALE_IN,
    ),
    Behaviour(
        "It moves no copies here: it releases instances that have none.",
        "managed_instances.ManagedInstances.strategy",
        assumed("when it moves copies is not published beyond the words fewer instances"),
    ),
    Behaviour(
        "An adapter has no copies of its own; those of its base serve it.",
        "component_placement.step",
        documented("botocore 1.44.5, InferenceComponentSpecification"),
    ),
)
