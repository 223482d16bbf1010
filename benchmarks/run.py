"""Runs the benchmarks: python -m benchmarks.run [--only KEY] [--json]

Shows progress and tables, and writes what was measured to `build/bench.json`.
"""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from benchmarks.bench_file import BENCH_FILE, merge
from benchmarks.benchmark import Benchmark, Outcome


def discover() -> dict[str, Benchmark]:
    """Find every benchmark by its key: a module of this folder that has a `BENCHMARK`."""
    modules = (import_module(f"benchmarks.{one.name}") for one in iter_modules([str(Path(__file__).parent)]))
    found = (getattr(module, "BENCHMARK", None) for module in modules)
    return {one.key: one for one in found if isinstance(one, Benchmark)}


@click.command(epilog="Example: python -m benchmarks.run --only least_outstanding_gain --json")
@click.option("--only", multiple=True, metavar="KEY", help="Run this one; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON and nothing else.")
def run(only: tuple[str, ...], as_json: bool) -> None:
    """Run the benchmarks, show what they measured, and write it to build/bench.json."""
    known = discover()
    if unknown := sorted(set(only) - set(known)):
        raise click.BadParameter(f"got {', '.join(unknown)}, allowed {', '.join(known)}", param_hint="--only")
    outcomes = {
        key: _run_one(benchmark, quiet=as_json) for key, benchmark in known.items() if not only or key in only
    }
    results = {key: outcome.values for key, outcome in outcomes.items()}
    merge(results, BENCH_FILE)
    if as_json:
        click.echo(json.dumps(results, indent=2))


def _run_one(benchmark: Benchmark, *, quiet: bool) -> Outcome:
    errors, console = Console(stderr=True, quiet=quiet), Console(quiet=quiet)
    with Progress(console=errors, transient=True) as bar:
        task = bar.add_task(benchmark.key, total=1.0)
        outcome = benchmark.measure(lambda share: bar.update(task, completed=share))
    console.print(f"\n{benchmark.title}", _table(outcome), sep="\n", highlight=False)
    return outcome


def _table(outcome: Outcome) -> Table:
    heading, *rows = outcome.rows
    table = Table()
    for number, name in enumerate(heading):
        table.add_column(name, justify="right" if number else "left")
    for row in rows:
        table.add_row(*row)
    return table


if __name__ == "__main__":
    run()
