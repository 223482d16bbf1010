"""Reads a fleet out of what is deployed for it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pilotlight.spec import EndpointSpec, FleetRefused, FleetSpec, Refusal
from pilotlight.template.cloud_assembly import CloudAssembly
from pilotlight.template.conversions import as_mappings
from pilotlight.template.endpoint_alarm import ALARM
from pilotlight.template.evaluation.stack import Stack
from pilotlight.template.hosted_endpoint import CONFIG, ENDPOINT, MODEL
from pilotlight.template.kinds import KINDS
from pilotlight.template.names import Names, fleets_of, names_of
from pilotlight.template.network import network_of
from pilotlight.template.reading import FleetReading
from pilotlight.template.resource import HOSTING, Resource, Resources
from pilotlight.template.said import Said, built
from pilotlight.template.source import DEFAULT_REGION, UNTITLED, assembly_of, file_of
from pilotlight.template.tracked_metric import dimensions_in
from pilotlight.template.unread import UNSAID, Notes, Place


def read_template(
    source: Path | Mapping[str, Any],
    *,
    fleet: str | None = None,
    region: str = DEFAULT_REGION,
    account: str | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> FleetReading:
    """Read what a deployment will have, with escape hatches and all.

    Args:
        source: a cdk.out directory, a template as JSON or YAML, or the data of a template.
        fleet: its name, or `name-stage`. Default: the only one that is there.
        region: of stacks that leave it to the deployment.
        account: of stacks that leave it to the deployment. Default: nobody knows it.
        parameters: of a single template. Default: its own defaults.

    Raises:
        FleetRefused: there is nothing that can be read as a template, there are several fleets, or it has no
            such parameter.
    """
    try:
        assembly = assembly_of(source, region, account, parameters or {})
        return _reading(assembly, fleet, source)
    except RecursionError:
        raise FleetRefused((Refusal(file_of(source), None, "", "nested too deeply"),)) from None


def _reading(assembly: CloudAssembly, fleet: str | None, source: Any) -> FleetReading:
    qualified = _chosen(fleets_of(assembly.stacks), fleet, source)
    title = next(iter(assembly.stacks), UNTITLED)
    names = names_of(assembly.stacks, qualified, title)
    stacks = {name: each for name, each in assembly.stacks.items() if name.startswith(names.prefix)}
    notes = Notes()
    resources = Resources(stacks, notes)
    endpoints, places = _endpoints(resources, names)
    models = [each for each in resources if each.is_read and _has_network(each)]
    network = network_of(resources, names, models)
    _note_the_rest(resources)
    where = next(iter(stacks.values()), Stack("", {}, DEFAULT_REGION))
    read = _fleet(notes, names, where, endpoints, network)
    return FleetReading(read, notes.unread, places, assembly.files)


def _has_network(resource: Resource) -> bool:
    """Whether it says where containers live: a model, or the configuration of instances without one."""
    of_instances = resource.type == CONFIG and resource.part.look("EnableNetworkIsolation") is not None
    return resource.type == MODEL or of_instances


def _chosen(found: tuple[str, ...], wanted: str | None, source: Any) -> str | None:
    if wanted is None and len(found) <= 1:
        return found[0] if found else None
    if wanted in found:
        return wanted
    what = "several fleets, of which one has to be named" if wanted is None else "no such fleet"
    raise FleetRefused((Refusal(file_of(source), None, "fleet", what, wanted or "", ", ".join(found)),))


def _endpoints(resources: Resources, names: Names) -> tuple[dict[str, EndpointSpec], dict[str, Place]]:
    endpoints: dict[str, EndpointSpec] = {}
    places: dict[str, Place] = {}
    for root in resources:
        kind = next((each for each in KINDS if each.root == root.type and each.fits(resources, root)), None)
        if kind is None:
            continue
        key = names.key_of(root, places)
        places[key] = root.place
        read = kind.read(resources, root, key)
        names.note_another(root, key)
        if read is not None:
            endpoints[key] = read.in_effect
    return endpoints, {key: place for key, place in places.items() if key in endpoints}


def _note_the_rest(resources: Resources) -> None:
    """Name what hosting consists of and nothing has read."""
    hosts = [each.attribute("EndpointName") for each in resources.of_type(ENDPOINT) if each.is_read]
    roots = {kind.root for kind in KINDS}
    for each in resources:
        if each.is_read:
            each.part.note_leftovers()
        elif each.type in roots and each.type.startswith(HOSTING):
            resources.notes.note(each.place, "no kind of endpoint that a fleet has is like this")
        elif each.type.startswith(HOSTING):
            resources.notes.note(each.place, "no endpoint that was read needs it")
        elif each.type == ALARM and _is_about(each, hosts):
            resources.notes.note(each.place, UNSAID)


def _is_about(alarm: Resource, hosts: list[Any]) -> bool:
    """Tell whether an alarm looks at an endpoint, also as one of several metrics that it calculates with."""
    written = [alarm.part.look("Dimensions")]
    for each in as_mappings(alarm.part.look("Metrics")):
        statistic = each.get("MetricStat")
        metric = statistic.get("Metric") if isinstance(statistic, dict) else None
        written += [metric.get("Dimensions")] if isinstance(metric, dict) else []
    return any(value in hosts for each in written for value in dimensions_in(each).values())


def _fleet(
    notes: Notes, names: Names, where: Stack, endpoints: Mapping[str, EndpointSpec], network: Any
) -> FleetSpec | None:
    """Build the fleet of those endpoints that can be in one."""
    about = {"name": names.fleet, "stage": names.stage, "region": where.region, "account": where.account}
    place = Place(where.name)
    said: dict[str, Any] = {key: Said(value, place) for key, value in about.items() if value is not None}
    said["network"] = network
    fitting = {
        key: each
        for key, each in endpoints.items()
        if built(FleetSpec, notes, place, **said, endpoints=Said({key: each}, place)) is not None
    }
    if not fitting:
        return None
    return built(FleetSpec, notes, place, **said, endpoints=fitting)
