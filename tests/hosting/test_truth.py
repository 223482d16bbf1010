"""The marks: every claim about AWS says how well it is known, and the page is up to date."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from pilotlight import hosting
from pilotlight.catalog.evidence import Evidence
from pilotlight.hosting.behaviours import BEHAVIOURS
from pilotlight.hosting.truth import page

ROOT = Path(__file__).resolve().parents[2]
ALL = [one for behaviours in BEHAVIOURS.values() for one in behaviours]


def test_the_page_is_up_to_date() -> None:
    """`python -m pilotlight.hosting.truth > docs/truth.md` changes nothing."""
    assert (ROOT / "docs" / "truth.md").read_text() == page()


def _exists(where: str) -> bool:
    module, *names = where.split(".")
    found: Any = import_module(f"pilotlight.hosting.{module}")
    for name in names:
        found = getattr(found, name, None)
    return bool(names) and found is not None


def test_every_behaviour_names_code_that_exists() -> None:
    """Who reads the page finds what to change: a module, then a class, function, field or constant."""
    assert [] == [one.where for one in ALL if not _exists(one.where)]


def test_every_behaviour_has_a_source() -> None:
    """A mark needs a document or a reason, and nothing is confirmed before a real account was asked."""
    assert [] == [
        one.says for one in ALL if len(one.source.text) <= 10 or one.source.evidence is Evidence.CONFIRMED
    ]


def test_no_behaviour_is_listed_twice() -> None:
    """One sentence, one mark."""
    assert len(ALL) == len({one.says for one in ALL})


def test_every_state_machine_is_marked() -> None:
    """A module that models a behaviour is named by at least one mark."""
    folder = Path(hosting.__file__).parent
    machines = {file.stem for file in folder.glob("*.py") if "\ndef step(" in file.read_text()}

    assert {"alarm_watch", "async_queue", "instances", "scalable_target"} <= machines
    assert set() == machines - {one.where.split(".")[0] for one in ALL}


def test_no_cell_of_the_page_breaks_its_table() -> None:
    """A bar or a line break inside a cell would."""
    assert [] == [one for one in ALL for text in (one.says, one.source.text) if {"|", "\n"} & set(text)]
