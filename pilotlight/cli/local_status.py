"""Shows the state of an embedded AWS to people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pilotlight.cli.capacity_words import (
    Seen,
    component_words,
    container_words,
    resource_words,
    variant_words,
)
from pilotlight.local.faults import FAULTS_VARIABLE

_SIGNS = {
    "GreaterThanOrEqualToThreshold": ">=",
    "GreaterThanThreshold": ">",
    "LessThanThreshold": "<",
    "LessThanOrEqualToThreshold": "<=",
}
_STATE_STYLES = {"ALARM": "bold red", "INSUFFICIENT_DATA": "yellow"}


def show(seen: Seen, console: Console) -> None:
    """Print the overview: the server, faults, each endpoint with its containers, alarms, activities."""
    for part in _parts(seen):
        console.print(part, highlight=False)


def faults_in_words(faults: Iterable[str]) -> str:
    """Say loudly what is wrong on purpose."""
    return f"TEST-ONLY FAULTS ARE ON, by {FAULTS_VARIABLE}:\n  {', '.join(faults)}"


def _parts(seen: Seen) -> Iterator[RenderableType]:
    server, home = seen["server"], seen["server"]["region"]
    since = _in_utc(server["started"])
    yield Text(f"embedded AWS at {server['endpoint_url']} since {since}, time scale {server['time_scale']:g}")
    yield Text(f"SageMaker's calendar, by which schedules go: {_in_utc(seen['calendar'])}")
    if seen["test_only_faults"]:
        yield Text(faults_in_words(seen["test_only_faults"]), "bold red")
    if not seen["endpoints"]:
        yield Text("no endpoints (deploy some with: pilotlight local deploy)")
    for endpoint in seen["endpoints"]:
        yield from _endpoint(endpoint, home)
    yield from _alarms("alarms that tell people", [each for each in seen["alarms"] if not each["scales"]])
    yield from _alarms("alarms that scale", [each for each in seen["alarms"] if each["scales"]])
    yield from _activities(seen["activities"], day=server["started"][:10])


def _in_utc(moment: str) -> str:
    return moment.replace("T", " ").replace("+00:00", " UTC")


def _endpoint(endpoint: Seen, home: str) -> Iterator[RenderableType]:
    state = "awake" if endpoint["awake"] else "asleep"
    where = "" if endpoint["region"] == home else f" in {endpoint['region']}"
    told = f"{where}: {endpoint['status']}, {state}, backlog {endpoint['backlog']}"
    yield Text.assemble("\nendpoint ", (endpoint["name"], "bold"), told)
    if endpoint["failure_reason"] is not None:
        yield _indented(Text(endpoint["failure_reason"], "red"))
    for variant in endpoint["variants"]:
        yield _indented(Text(variant_words(variant)))
    for component in endpoint.get("components", ()):
        yield _indented(Text(component_words(component)))
        if component["failure_reason"] is not None:
            yield _indented(Text(component["failure_reason"], "red"), 4)
    for container in endpoint["containers"]:
        yield from _container(container)


def _container(container: Seen) -> Iterator[RenderableType]:
    is_real = container["label"] == "real"
    label = (container["label"], "green") if is_real else (container["label"].upper(), "bold yellow")
    yield _indented(Text.assemble(f"{container_words(container)}: ", label, f" ({container['why']})"))
    ready = "ready" if container["ready"] else "starting"
    yield _indented(Text(f"{ready}, process {container['pid']}, port {container['port']}"), 4)
    yield _indented(Text(container["image"], overflow="fold"), 4)
    if container["caveat"]:
        yield _indented(Text(container["caveat"], overflow="fold"), 4)


def _alarms(title: str, alarms: Sequence[Seen]) -> Iterator[RenderableType]:
    if not alarms:
        return
    yield Text(f"\n{title}")
    rows = ((_state(each), _condition(each), ", ".join(each["dimensions"].values())) for each in alarms)
    yield _columns(rows)
    for alarm in alarms:
        if alarm["state"] == "ALARM" and not alarm["scales"]:
            yield _indented(Text(f"{alarm['name']}: {alarm['reason']}", "red", overflow="fold"))


def _state(alarm: Seen) -> Text:
    return Text(alarm["state"], _STATE_STYLES.get(alarm["state"], "green"))


def _condition(alarm: Seen) -> str:
    """What the alarm watches; the name of one that watches several metrics."""
    if alarm["metric"] is None or alarm["threshold"] is None:
        return str(alarm["name"])
    sign = _SIGNS.get(alarm["comparison"], alarm["comparison"])
    return f"{alarm['metric']} {sign} {alarm['threshold']:g}"


def _activities(activities: Sequence[Seen], *, day: str) -> Iterator[RenderableType]:
    if activities:
        yield Text("\nscaling, newest first")
        yield _columns(_activity(each, day) for each in activities)


def _activity(activity: Seen, day: str) -> tuple[str, str, str]:
    """Its time (with the date when it is not the server's first day), what happened, to whom."""
    moment = activity["started"].removeprefix(f"{day}T").removesuffix("+00:00").replace("T", " ")
    happened = f"{activity['description'].rstrip('.')}: {activity['status']}"
    if activity["status"] == "Failed":
        happened += f", {activity['message']}"
    return moment, happened, resource_words(activity["resource"])


def _columns(rows: Iterable[Sequence[RenderableType]]) -> RenderableType:
    """Columns side by side; what does not fit is folded inside the last ones."""
    table = Table.grid(padding=(0, 2), pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    for row in rows:
        table.add_row(*row)
    return _indented(table)


def _indented(what: RenderableType, by: int = 2) -> RenderableType:
    return Padding(what, (0, 0, 0, by), expand=False)
