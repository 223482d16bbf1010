"""Reads fleets out of templates.

`read_template(synth(fleet)).fleet == resolved(fleet)`, but for the few things in `outside.py`: what is
simulated, priced, checked and emulated is what CloudFormation will do, escape hatches included. What cannot
be read is named by stack, logical id and property, with the reason: every property of a resource that is read
has to be asked for, or passed over on purpose (`Part.leave`, `Part.only`), and what is left over is reported.

    evaluation/          works out functions, conditions and references; what is not known stays a symbol
    part.py, said.py     properties with their places; `built` makes a spec of them and notes what it refuses
    resource.py          all resources, and how one is found by what refers to it
    on_instances.py, model_container.py, scalable_target.py, variant_scaling.py, endpoint_alarm.py,
    deployment.py, warm_up.py, …
                         the shared rooms: what several kinds say alike
    <kind>.py            one file for each kind of endpoint

To add a kind, write `<kind>.py` with two functions, and enter it into `kinds.py`:

    def fits(resources: Resources, root: Resource) -> bool
        Looks (`Part.look`, `looked_at`) whether a resource is one of this kind. No resource fits two kinds,
        so what tells one kind apart has to be refused by the others.
    def read(hosted: HostedEndpoint) -> Spec | None
        Reads it, and gives `built(Spec, notes, place, field=…)`. A getter of a `Part` gives None where
        nothing is said, which leaves the field at its default: where CloudFormation's is another, say that.

A kind whose endpoint is not an `AWS::SageMaker::Endpoint` gives `Kind` its own `root`, and `read` then gets
that resource. A property that all variants on instances have is one line in `on_instances.PROPERTIES`. What a
spec says in two ways, or without effect, is made one by `in_effect` of the spec, on both sides of the law.
Then add the kind to tests/spec/valid_fleets.py (`KINDS`), and the law is tested for it.
"""

from __future__ import annotations

from pilotlight.template.outside import OUTSIDE, without_what_is_outside
from pilotlight.template.read import read_template
from pilotlight.template.reading import FleetReading
from pilotlight.template.unread import Place, Unread

__all__ = ["OUTSIDE", "FleetReading", "Place", "Unread", "read_template", "without_what_is_outside"]
