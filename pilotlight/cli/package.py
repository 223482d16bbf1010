"""`pilotlight package`: turns the description of a Triton model into the archive of a target model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilotlight.cli.options import examples, json_option
from pilotlight.cli.output import print_json, print_table
from pilotlight.cli.refusals import refusals_as_json

if TYPE_CHECKING:
    from pilotlight.delivery.package import Package


@click.command(
    epilog=examples(
        "pilotlight package examples/models/embeddings/acme-question.yaml -o acme-question.tar.gz"
    )
)
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@click.option(
    "-o",
    "--output",
    "target",
    metavar="ARCHIVE",
    type=click.Path(path_type=Path, dir_okay=False, readable=False),
    help="The archive to write. Default: <name>.tar.gz in the current folder.",
)
@json_option
@click.pass_context
def package(ctx: click.Context, file: Path, target: Path | None, as_json: bool) -> None:
    """Package the Triton model that FILE describes: every fault at once, or a reproducible model.tar.gz.

    The archive has the layout that SageMaker's multi-model endpoints on Triton expect.
    """
    from pilotlight.delivery.package import package as packaged  # noqa: PLC0415 (keeps --help quick)

    with refusals_as_json(ctx, as_json):
        made = packaged(file, target)
    if as_json:
        print_json(_document(made))
    else:
        _show(made)


def _document(made: Package) -> dict[str, object]:
    steps = {
        name: {
            "backend": step.backend,
            "folder": made.folders[name],
            "runs_locally": name not in made.only_on_aws,
            "why_not": made.only_on_aws.get(name),
        }
        for name, step in made.model.steps.items()
    }
    return {
        "fine": True,
        "name": made.model.name,
        "archive": str(made.target),
        "bytes": made.target.stat().st_size,
        "sha256": made.sha256,
        "ensemble": made.model.is_ensemble,
        "steps": steps,
        "files": [*made.files],
    }


def _show(made: Package) -> None:
    kind = "an ensemble" if made.model.is_ensemble else "one model"
    size = made.target.stat().st_size
    click.echo(f"{made.model.name}: {kind}, {len(made.files)} entries, {size} bytes, in {made.target}")
    click.echo(f"sha256 {made.sha256} (before compression)\n")
    rows = [
        (name, step.backend, "no" if name in made.only_on_aws else "yes", made.folders[name])
        for name, step in made.model.steps.items()
    ]
    print_table(("step", "backend", "runs locally", "folder"), rows)
    for name, reason in made.only_on_aws.items():
        click.echo(f"note: {name} is not runnable locally: {reason}", err=True)
