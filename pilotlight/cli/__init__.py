"""The command `pilotlight`: one thin file per subcommand, imported when it is called."""

from __future__ import annotations

from pilotlight.cli.group import LazyGroup
from pilotlight.cli.options import examples

COMMANDS = {
    "check": ("pilotlight.cli.check:check", "Refuse a faulty fleet file, or show what it would cost."),
    "schema": ("pilotlight.cli.schema:schema", "Print the JSON schema of fleet files, for editors."),
    "jumpstart": ("pilotlight.cli.jumpstart:jumpstart", "Pin the models of SageMaker JumpStart."),
    "package": ("pilotlight.cli.package:package", "Package a Triton model as the archive of a target model."),
    "read": ("pilotlight.cli.read:read", "Read the fleet that a template, or cdk.out, deploys."),
    "orphans": ("pilotlight.cli.orphans:orphans", "List deployed stacks that the fleet no longer has."),
    "local": ("pilotlight.cli.local:local", "Run the fleet on an embedded AWS."),
}
"""Subcommand → where it is, and its line in `pilotlight --help`."""

main = LazyGroup(
    COMMANDS,
    name="pilotlight",
    help="SageMaker endpoints that sleep at zero and wake on the first request.\n\n"
    "Every command has --help and --json. It exits with 0 when all is fine, with 1 when something was "
    "refused or failed, with 2 when it was called in a wrong way.",
    epilog=examples("pilotlight check fleet.yaml", "pilotlight local up"),
)
"""The entry point."""
