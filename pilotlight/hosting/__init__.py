"""How SageMaker hosting behaves: state machines `step(state, event, now) -> (state, effects)`.

They know no clock, thread or chance: a driver gives them events and the time, and carries out the effects.
The local AWS does so on a real clock with real containers, a simulation on a virtual one.

    metric, metric_store              values in, datapoints per period out
    alarm, alarm_watch                datapoints in, ALARM and due scaling actions out
    target_tracking, step_scaling     the capacity one policy wants
    scalable_target                   several policies, cool-downs, bounds: the capacity that is asked for
    instances                         desired count in, launches and terminations out
    component_placement               copies of components in, placements, starts and room that is wanting out
    managed_instances                 room that is wanting and idle instances in, the number of instances out
    async_queue, async_metrics        requests and instances in, dispatches, ends and metrics out
    routing, variant_weights          which variant and which instance takes a request
    real_time, real_time_metrics      requests of a real-time variant in, forwards and metrics out
    model_cache                       requests for target models in, downloads, loads and evictions out
    behaviours, truth                 how well each behaviour is known

How they are put together: instances' `InService` and `OutOfService` go to the queue as `InstanceJoined` and
`InstanceLeaving` or `InstanceLost`, the queue's `InstanceIdle` back as `Drained`; `SetCapacity` goes to the
instances as `DesiredCountSet`, their `CountReached` back as `ActivityEnded`.
"""
