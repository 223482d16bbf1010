"""`pilotlight jumpstart lock`: looks a JumpStart model up once, so that synth needs no network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilotlight.catalog.jumpstart import HOME_REGION
from pilotlight.cli.options import examples, json_option
from pilotlight.cli.output import print_json
from pilotlight.cli.refusals import refusals_as_json

if TYPE_CHECKING:
    from rich.console import Console

    from pilotlight.jumpstart.locking import Locked
    from pilotlight.jumpstart.model_data import ModelData
    from pilotlight.spec.jumpstart_model import LoadTimeouts

EXAMPLE = (
    "pilotlight jumpstart lock huggingface-llm-falcon-40b-instruct-bf16 --version 2.0.0 --region us-east-1"
)


@click.group(epilog=examples(EXAMPLE))
def jumpstart() -> None:
    """Pin the models of SageMaker JumpStart."""


@jumpstart.command(short_help="Write a model into jumpstart.lock.json.", epilog=examples(EXAMPLE))
@click.argument("model_id")
@click.option("--version", metavar="V", help="Default: the newest one that the data can deploy.")
@click.option(
    "--region",
    "regions",
    metavar="R",
    multiple=True,
    help="May be repeated. Default: the regions already locked, or else all that the data knows.",
)
@click.option(
    "--lock",
    "path",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, readable=False),
    default="jumpstart.lock.json",
    show_default=True,
    help="The file to write, beside the fleet file.",
)
@click.option(
    "--offline-data",
    "wheel",
    metavar="WHEEL",
    type=click.Path(path_type=Path, readable=False),
    help="A wheel of cdklabs.generative-ai-cdk-constructs. Default: one that pip downloads once.",
)
@click.option("--live", is_flag=True, help="Ask AWS's public buckets instead; needs boto3, no account.")
@click.option(
    "--accept-eula",
    is_flag=True,
    help="You have read the licence: no reminder of it. Deploying still needs accept_eula: true.",
)
@json_option
@click.pass_context
def lock(  # noqa: PLR0917 (click passes every option)
    ctx: click.Context,
    model_id: str,
    version: str | None,
    regions: tuple[str, ...],
    path: Path,
    wheel: Path | None,
    live: bool,
    accept_eula: bool,
    as_json: bool,
) -> None:
    """Write MODEL_ID into the lock file: image, artefact, environment, time-outs, licence, instance types.

    Other models in the file stay as they are. Nothing is deployed and no licence is accepted.
    """
    from pilotlight.jumpstart.locking import lock_model  # noqa: PLC0415 (keeps --help quick)

    if live and wheel is not None:
        raise click.UsageError("--live and --offline-data exclude each other")
    with refusals_as_json(ctx, as_json):
        data = _data(wheel, (regions or (HOME_REGION,))[0] if live else None)
        locked = lock_model(data, model_id, path, version=version, regions=regions)
    hints = [*_hints(locked, data, accept_eula)]
    if as_json:
        entry = locked.model.model_dump(mode="json")
        print_json(
            {"fine": True, "model_id": model_id, "changed": locked.changed, "entry": entry, "hints": hints}
        )
    else:
        _show(locked, path, hints)


def _data(wheel: Path | None, live_region: str | None) -> ModelData:
    from rich.console import Console  # noqa: PLC0415 (keeps --help quick)

    from pilotlight.jumpstart.content_bucket import S3ContentBucket  # noqa: PLC0415 (as above)
    from pilotlight.jumpstart.live_data import LiveData  # noqa: PLC0415 (as above)
    from pilotlight.jumpstart.offline_data import OfflineData  # noqa: PLC0415 (as above)
    from pilotlight.jumpstart.wheel import read_wheel  # noqa: PLC0415 (as above)

    if live_region is not None:
        return LiveData(S3ContentBucket(live_region))
    console = Console(stderr=True)
    with console.status("looking JumpStart's models up"):
        return OfflineData(read_wheel(_downloaded(console) if wheel is None else wheel))


def _downloaded(console: Console) -> Path:
    from pilotlight.jumpstart.cached_wheel import cached_wheel, download_with_pip  # noqa: PLC0415 (as above)

    def told(requirement: str, folder: Path) -> None:
        console.print(f"downloading {requirement}, 2 MB, once …", highlight=False)
        download_with_pip(requirement, folder)

    return cached_wheel(pip=told)


def _show(locked: Locked, path: Path, hints: list[str]) -> None:
    model = locked.model
    others = [name for name in model.instance_types if name != model.default_instance_type]
    rows = {
        "written to" if locked.changed else "unchanged in": str(path),
        "instance type": model.default_instance_type + (f", or {', '.join(others)}" if others else ""),
        "regions": ", ".join(model.regions),
        "artifact": model.artifact.key if model.artifact is not None else "a model package",
        "time-outs": _timeouts(model.timeouts),
        "data": f"{model.source.data}, {model.source.date}",
    }
    click.echo(f"{locked.model_id} {model.version}")
    for name, text in rows.items():
        click.echo(f"  {name:<14} {text}")
    for hint in hints:
        click.echo(f"note: {hint}", err=True)


def _timeouts(timeouts: LoadTimeouts) -> str:
    from pilotlight.spec.duration import format_duration  # noqa: PLC0415 (keeps --help quick)

    limits = {
        "download": timeouts.model_data_download,
        "first ping": timeouts.container_startup_health_check,
    }
    said = [f"{what} {format_duration(limit)}" for what, limit in limits.items() if limit is not None]
    return " ".join([", ".join(said), f"({timeouts.source})"]).strip()


def _hints(locked: Locked, data: ModelData, accept_eula: bool) -> Iterator[str]:
    model, before = locked.model, locked.before
    if before is not None and before.version != model.version:
        yield f"replaces version {before.version}, whose default was {before.default_instance_type}"
    if before is not None and (lost := sorted(before.regions.keys() - model.regions.keys())):
        yield f"no longer locked for {', '.join(lost)}"
    newest = data.versions(locked.model_id)[-1]
    if newest != model.version and newest not in data.deployable_versions(locked.model_id):
        yield f"version {newest} is newer, but the data names no image for it; --live asks AWS"
    types = data.default_instance_types(locked.model_id)
    if len({*types.values()}) > 1:
        yield f"the default instance type changes between versions: {_changes(types)}"
    if model.eula.required and not accept_eula:
        yield f"deploying needs accept_eula: true; read the licence first: {model.eula.licence}"


def _changes(types: Mapping[str, str]) -> str:
    """Write `a from 1.0.0, b from 2.1.0`: only the versions at which the default became another one."""
    told: list[str] = []
    last = None
    for version, instance_type in types.items():
        if instance_type != last:
            told.append(f"{instance_type} from {version}")
        last = instance_type
    return ", ".join(told)
