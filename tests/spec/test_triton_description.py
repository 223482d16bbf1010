"""The description of a Triton model: each rule, broken alone, is refused where it is broken."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pilotlight.spec.refusal import Refusal
from pilotlight.spec.triton_description import DescriptionRefused, TritonDescription, read_description
from tests.spec.single_faults import broken
from tests.spec.triton_samples import BROKEN, RIGHT


@pytest.fixture
def read(tmp_path: Path):
    """Read a description from data or text."""

    def described(document: Any) -> TritonDescription:
        file = tmp_path / "model.yaml"
        text = document if isinstance(document, str) else yaml.safe_dump(document, sort_keys=False)
        file.write_text(text)
        return read_description(file)

    return described


def test_a_right_description_has_no_faults(read) -> None:
    """What it says is in the model, with the maps that it left to their defaults."""
    description = read(RIGHT)

    assert () == description.refusals
    assert ["count", "add"] == [*description.model.steps]
    assert {"TEXT": "TEXT"} == description.model.steps["count"].takes
    assert {"COUNTS": "counts"} == description.model.steps["count"].gives


@pytest.mark.parametrize(("path", "value", "where", "what"), BROKEN)
def test_fails_when_one_rule_is_broken(read, path: str, value: Any, where: str | None, what: str) -> None:
    """One of the refusals is at the key that is wrong, with its line, and says what is allowed."""
    refusals = read(broken(RIGHT, path.split("."), value)).refusals

    (refusal,) = [each for each in refusals if each.what == what]
    assert (where or path) == refusal.path.partition("[")[0]
    assert refusal.line is not None
    assert refusal.got
    assert refusal.allowed


def test_fails_when_steps_wait_for_each_other(read) -> None:
    """The refusal shows the way around."""
    document = copy.deepcopy(RIGHT)
    document["steps"]["count"]["input"]["BACK"] = {"data_type": "FP32", "dims": [2]}
    document["steps"]["count"]["input_map"] = {"TEXT": "TEXT", "BACK": "SUM"}

    (refusal,) = read(document).refusals

    assert "waits for itself" == refusal.what
    assert refusal.got in {"count → add → count", "add → count → add"}


def test_fails_when_an_input_is_not_mapped(read) -> None:
    """An input that requests may leave out need not be."""
    document = copy.deepcopy(RIGHT)
    document["steps"]["add"]["input"]["SCALE"] = {"data_type": "FP32", "dims": [1]}

    (refusal,) = read(document).refusals

    assert ("steps.add.input_map", "an input takes nothing", "SCALE") == _short(refusal)
    document["steps"]["add"]["input"]["SCALE"]["optional"] = True
    assert () == read(document).refusals


def test_fails_when_an_output_leads_nowhere(read) -> None:
    """It is left out of the map."""
    document = copy.deepcopy(RIGHT)
    document["steps"]["count"]["output"]["LENGTH"] = {"data_type": "INT32", "dims": [1]}
    assert () == read(document).refusals
    document["steps"]["count"]["output_map"]["LENGTH"] = "length"

    (refusal,) = read(document).refusals

    assert ("steps.count.output_map.LENGTH", "nothing uses this tensor", "length") == _short(refusal)


def test_one_step_needs_no_ensemble(read) -> None:
    """It is the model itself; a map would lead nowhere."""
    document: dict[str, Any] = {
        "name": "acme",
        "max_batch_size": 4,
        "steps": {"count": copy.deepcopy(RIGHT["steps"]["count"])},
    }

    (refusal,) = read(document).refusals

    assert ("steps.count.output_map", "a map without an ensemble", "one step") == _short(refusal)
    del document["steps"]["count"]["output_map"]
    assert () == read(document).refusals
    assert not read(document).model.is_ensemble


def test_several_steps_need_an_input_and_an_output(read) -> None:
    """Both are missing: both are told."""
    document = {key: value for key, value in RIGHT.items() if key not in {"input", "output"}}

    missing = [each for each in read(document).refusals if each.what == "required key is missing"]

    assert ["input", "output"] == sorted(each.path for each in missing)


def test_fails_when_a_number_has_more_than_32_bits(read) -> None:
    """Triton could not read the configuration."""
    document = copy.deepcopy(RIGHT)
    document["max_batch_size"] = 2**40
    document["steps"]["add"]["instance_groups"] = {"x": {"kind": "GPU", "count": 2**40, "gpus": [2**40]}}
    document["steps"]["add"]["dynamic_batching"] = {"preferred_batch_size": [2**40]}

    assert {
        "max_batch_size",
        "steps.add.instance_groups.x.count",
        "steps.add.instance_groups.x.gpus[0]",
        "steps.add.dynamic_batching.preferred_batch_size[0]",
    } == {each.path for each in read(document).refusals if each.what == "too large"}


def test_faults_of_every_sort_come_in_one_pass(read) -> None:
    """Of the shape of the file, of single keys, and between keys; a faulty step hides no fault of another."""
    refusals = read(
        "name: Acme\n"
        "name: acme\n"
        "input: {TEXT: {data_type: BYTES, dims: [1]}}\n"
        "output: {SUM: {data_type: FP32, dims: [2]}}\n"
        "steps:\n"
        "  count:\n"
        "    backend: pyton\n"
        "    files: {model.py: ../count.py}\n"
        "    input: {TEXT: {data_type: STRING, dims: [1]}}\n"
        "    output: {COUNTS: {data_type: FP32, dims: [3]}}\n"
        "  add:\n"
        "    backend: python\n"
        "    files: {model.py: add.py}\n"
        "    input: {COUNTS: {data_type: FP32, dims: [2]}}\n"
        "    output: {SUM: {data_type: FP64, dims: [2]}}\n"
    ).refusals

    assert {
        (2, "duplicate key"),
        (1, "not a name"),
        (3, "unknown data type"),
        (7, "unknown backend"),
        (8, "not a path inside the folder"),
        (4, "another data type"),
        (14, "another shape"),
    } == {(each.line, each.what) for each in refusals}


@pytest.mark.parametrize(
    ("text", "what"), [("", "the file is empty"), ("- a\n", "not a model"), ("a: [", "expected the node")]
)
def test_fails_when_the_file_is_no_description(read, text: str, what: str) -> None:
    """There is nothing to find faults in."""
    with pytest.raises(DescriptionRefused) as error:
        read(text)

    assert what in str(error.value)


@pytest.mark.thorough
@given(data=st.data())
def test_two_broken_rules_are_both_refused(tmp_path_factory: pytest.TempPathFactory, data) -> None:
    """Whatever else is wrong, the fault of a key itself is found."""
    simple = [case for case in BROKEN if case[2] is None or case[2] == case[0]]
    one, other = data.draw(st.permutations(simple).map(lambda cases: (cases[0], cases[1])))
    if one[0].startswith(other[0]) or other[0].startswith(one[0]):
        return
    document = broken(broken(RIGHT, one[0].split("."), one[1]), other[0].split("."), other[1])
    file = tmp_path_factory.mktemp("broken") / "model.yaml"
    file.write_text(yaml.safe_dump(document))

    found = {each.path.partition("[")[0] for each in read_description(file).refusals}

    assert {one[0], other[0]} - found <= _hidden(one, other)


def _hidden(*cases: tuple[str, Any, str | None, str]) -> set[str]:
    """Rules over several keys are silent where one of these keys cannot be read."""
    between = {"nothing uses this tensor", "nothing makes this tensor", "made twice"}
    between |= {"larger than max_batch_size", "no such input", "no such output"}
    between |= {"GPUs for instances of kind CPU", "another shape", "another data type"}
    return {path for path, _, _, what in cases if what in between}


def _short(refusal: Refusal) -> tuple[str, str, str]:
    return refusal.path, refusal.what, refusal.got
