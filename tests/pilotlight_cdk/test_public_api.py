"""What users may import, and what the package promises about it."""

from __future__ import annotations

import inspect
from pathlib import Path

import pilotlight_cdk


def test_the_public_names_are_sorted_and_complete() -> None:
    """`__all__` is the list of what the package's first file imports for its users."""
    imported = {
        name
        for name, value in vars(pilotlight_cdk).items()
        if not name.startswith("_") and name != "annotations" and not inspect.ismodule(value)
    }

    assert sorted(pilotlight_cdk.__all__) == pilotlight_cdk.__all__
    assert imported == {*pilotlight_cdk.__all__}


def test_a_public_name_says_what_it_is_for() -> None:
    """Its docstring begins with a sentence."""
    texts = {name: inspect.getdoc(getattr(pilotlight_cdk, name)) or "" for name in pilotlight_cdk.__all__}

    assert [] == [
        name for name, text in texts.items() if not text.partition("\n")[0].rstrip().endswith((".", ";", ","))
    ]


def test_the_package_is_typed() -> None:
    """Type checkers of its users read its annotations."""
    assert Path(pilotlight_cdk.__file__).with_name("py.typed").exists()
