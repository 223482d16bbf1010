"""Runs the command as `python -m pilotlight.cli`."""

from __future__ import annotations

from pilotlight.cli import main

main(prog_name="pilotlight")
