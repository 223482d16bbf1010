"""Any chain of steps is right, and each rule is found broken in any of them."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pilotlight.spec.triton_description import TritonDescription, read_description
from tests.spec.triton_chains import BREAKING, chains

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where descriptions are written, over and over."""
    return tmp_path_factory.mktemp("chains")


def _read(document: dict[str, Any], folder: Path) -> TritonDescription:
    file = folder / "model.yaml"
    file.write_text(yaml.dump(document, sort_keys=False, Dumper=_WithoutAliases))
    return read_description(file)


class _WithoutAliases(yaml.SafeDumper):
    """A step and the next one share a tensor; in a file it is written out."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


@given(chain=chains())
def test_a_chain_is_right_in_any_order(folder: Path, chain: dict[str, Any]) -> None:
    """The order of the steps in the file means nothing."""
    assert () == _read(chain, folder).refusals


@given(chain=chains(), rule=st.sampled_from(BREAKING), data=st.data())
def test_one_broken_rule_is_found_in_any_step(folder: Path, chain: dict[str, Any], rule, data) -> None:
    """At its key, and with a line."""
    document = copy.deepcopy(chain)
    name = data.draw(st.sampled_from(sorted(document["steps"])))
    key, what = rule(document["steps"][name])

    found = {(each.path, each.what): each for each in _read(document, folder).refusals}

    assert (f"steps.{name}.{key}", what) in found
    assert all(each.line is not None for each in found.values())


@given(chain=chains())
def test_a_chain_that_bites_its_tail_is_refused(folder: Path, chain: dict[str, Any]) -> None:
    """Its first step also takes what its last step gives."""
    document = copy.deepcopy(chain)
    ((last, tensor),) = document["output"].items()
    first = document["steps"]["step-0"]
    first["input"]["BACK"] = tensor
    first["input_map"]["BACK"] = last

    assert ["waits for itself"] == [each.what for each in _read(document, folder).refusals]
