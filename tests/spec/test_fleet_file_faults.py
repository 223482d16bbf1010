"""A faulty fleet file: every fault in one pass, each where it stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pilotlight.spec import FleetRefused, Refusal, load_fleet

Refuse = Callable[..., tuple[Refusal, ...]]

TEN_FAULTS = """\
name: Starter
region: us-est-1
acount: "123456789012"
endpoints:
  ticket-intent:
    kind: async
    model: {framework: scikit-lern, version: "1.4-2", source: nowhere}
    instance_type: ml.m5.lrge
    initial_instance_count: 0
    scaling:
      min_capacity: 3
      max_capacity: 2
      scale_in_cooldown: 600
    notify: {status_table: "yes"}
    volume_size: 4TB
"""


def test_ten_faults_give_ten_lines(tmp_path: Path) -> None:
    """One pass finds them all: file:line, path, got, allowed."""
    (tmp_path / "fleet.yaml").write_text(TEN_FAULTS)
    with pytest.raises(FleetRefused) as error:
        load_fleet(tmp_path / "fleet.yaml")

    at = "endpoints.ticket-intent"
    assert [
        (1, "name"),
        (2, "region"),
        (3, "acount"),
        (7, f"{at}.model.framework"),
        (7, f"{at}.model.source"),
        (8, f"{at}.instance_type"),
        (9, f"{at}.initial_instance_count"),
        (12, f"{at}.scaling.max_capacity"),
        (13, f"{at}.scaling.scale_in_cooldown"),
        (14, f"{at}.notify.status_table"),
        (15, f"{at}.volume_size"),
    ] == [(refusal.line, refusal.path) for refusal in error.value.refusals]
    assert all(refusal.got and refusal.allowed for refusal in error.value.refusals)


def test_a_refusal_is_one_line_of_words(tmp_path: Path) -> None:
    """It says where, what, what was given, what is allowed, and what was probably meant."""
    file = tmp_path / "fleet.yaml"
    file.write_text(TEN_FAULTS)
    with pytest.raises(FleetRefused) as error:
        load_fleet(file)

    lines = str(error.value).splitlines()
    assert lines[5] == (
        f"{file}:8: endpoints.ticket-intent.instance_type: unknown instance type, got ml.m5.lrge, "
        "allowed one of the 277 types that SageMaker hosts on, as ml.m5.large (did you mean ml.m5.large?)"
    )
    assert len(error.value.refusals) == len(lines)


def test_an_unknown_key_is_shown_the_keys_of_its_place(refuse: Refuse) -> None:
    """What is allowed depends on where the key stands, here on the chosen way to deploy."""
    (refusal,) = refuse(
        "name: a\nendpoints:\n  b:\n    model: {ecr: {repository: ocr, tag: v1}}\n"
        "    instance_type: ml.m5.large\n"
        "    deployment: {policy: canary, canary_percnt: 5}\n"
    )

    assert "endpoints.b.deployment.canary_percnt" == refusal.path
    assert {"policy", "canary_percent", "wait_interval"} < set(refusal.allowed.split(", "))
    assert "did you mean canary_percent?" == refusal.hint


def test_an_endpoint_named_like_a_key_confuses_nobody(refuse: Refuse) -> None:
    """`model` is a fine name for an endpoint."""
    refusals = refuse(
        "name: a\nendpoints:\n  model:\n    model: {ecr: {repository: ocr, tag: v1}}\n"
        "    instance_typ: ml.m5.large\n"
    )

    assert "did you mean instance_type?" == refusals[-1].hint


def test_a_missing_key_points_to_its_mapping(refuse: Refuse) -> None:
    """There is no line of what is not there, so the line of what lacks it."""
    (refusal,) = refuse("name: a\nendpoints:\n  b:\n    model: {ecr: {repository: ocr, tag: v1}}\n")

    assert (3, "endpoints.b.instance_type", "required key is missing", "nothing") == (
        refusal.line,
        refusal.path,
        refusal.what,
        refusal.got,
    )


@pytest.mark.parametrize(
    ("more", "path", "allowed"),
    [
        ("", "endpoints.b.instance_type", "text"),
        ("variants: {c: {instance_type: ml.m5.large}}", "endpoints.b.variants.c.model", "a mapping"),
        ("scaling: {track: schedule, max_capacity: 2}", "endpoints.b.scaling.schedule", "a list"),
        ("scaling: {track: invocations}", "endpoints.b.scaling.max_capacity", "a whole number"),
        ("scaling: {track: invocations}", "endpoints.b.scaling.target_per_instance", "a number"),
        ("scaling: {track: utilization}", "endpoints.b.scaling.metric", "cpu or gpu or gpu-memory"),
    ],
)
def test_a_missing_key_says_what_it_takes(refuse: Refuse, more: str, path: str, allowed: str) -> None:
    """In the words of a file: a number is not text."""
    model = "model: {ecr: {repository: ocr, tag: v1}}"
    refusals = refuse(f"name: a\nendpoints:\n  b:\n    kind: realtime\n    {model}\n    {more}\n")

    assert allowed in [refusal.allowed for refusal in refusals if refusal.path == path]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "the file is empty"),
        ("# only a comment\n", 1, "the file is empty"),
        ("- a\n", 1, "not a fleet"),
        ("starter\n", 1, "not a fleet"),
        ("null\n", 1, "not a fleet"),
        ("name: a\n---\nname: b\n", 2, "a second document"),
        ("a:\n\tb: 1\n", 2, "indent with spaces"),
        ("a: [1\n", 2, "expected"),
        ("a: b\x00c\n", 1, "not text"),
        (b"name: a\nb: \xff\n", 2, "not text, got the byte 0xff, allowed UTF-8"),
        (b"\xff\xfen\x00", 1, "not text"),
        ("a: &x [1]\nb: *x\n", 2, "an alias, got *x"),
        ('name: a\nregion: "\\ud83d"\n', 2, "half a character"),
        ("[" * 10_000, 1, "nested too deeply"),
        ("{a: " * 10_000, 1, "nested too deeply"),
        ("#" * 200_001, None, "the file is too large"),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_fails_when_the_file_is_no_fleet(
    refuse: Refuse, text: str | bytes, line: int | None, words: str
) -> None:
    """Whatever a file holds, it is refused in words."""
    refusals = refuse(text)

    assert line == refusals[0].line
    assert words in str(refusals[0])


def test_fails_when_aliases_would_explode(refuse: Refuse) -> None:
    """A few lines of aliases of aliases cannot fill the memory."""
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 60))

    assert {"an alias"} == {refusal.what for refusal in refuse(bomb)}


@pytest.mark.parametrize("name", ["nothing.yaml", "."])
def test_fails_when_the_file_cannot_be_read(tmp_path: Path, name: str) -> None:
    """A missing file and a directory are refused like any other fault."""
    with pytest.raises(FleetRefused, match="cannot be read: "):
        load_fleet(tmp_path / name)


@pytest.mark.parametrize("key", ["source", "build: {directory"])
def test_fails_when_a_directory_has_a_name_that_none_can_have(refuse: Refuse, key: str) -> None:
    """Longer than file systems take, it is a directory that is not there."""
    closed = "}" * key.count("{")
    model = f"{{{key}: {'x' * 300}{closed}}}"
    refusals = refuse(f"name: a\nendpoints: {{b: {{model: {model}, instance_type: ml.m5.large}}}}\n")

    assert "no such directory" in {refusal.what for refusal in refusals}


ENDPOINT = (
    "name: a\nendpoints:\n  b:\n    model: {ecr: {repository: ocr, tag: v1}}\n    "
    "instance_type: ml.m5.large\n"
)


@pytest.mark.parametrize(
    ("text", "path", "words"),
    [
        ("name: a\nname: b\n", "name", "duplicate key, got name, allowed it once, and it is on line 1"),
        ("on: 1\n", "on", 'a key that YAML reads as bool, got on, allowed text (quote it: "on")'),
        ("3: 1\n", "3", "a key that YAML reads as int"),
        ("null: 1\n", "null", "a key that YAML reads as null"),
        ("? {a: b}\n: 1\n", "a mapping or a list", "a key that YAML reads as map"),
        ("<<: {name: a}\n", "<<", "a key that YAML reads as merge"),
        ("max_hourly_cost: .nan\n", "max_hourly_cost", "not a finite number"),
        ("max_hourly_cost: -.INF\n", "max_hourly_cost", "not a finite number"),
        ("max_hourly_cost: 1.0e+999\n", "max_hourly_cost", "not a finite number"),
        ("max_hourly_cost: 1:30.5\n", "max_hourly_cost", "not a finite number"),
        (f"max_hourly_cost: {'9' * 5000}\n", "max_hourly_cost", "not a plain whole number"),
        (
            "account: 012345670123\n",
            "account",
            "not a plain whole number, got 012345670123, allowed at most 18",
        ),
        (
            "account: 123456789012\n",
            "account",
            'not text, got 123456789012, allowed text (quote it: "123456789012")',
        ),
        ("account: 0x1f\n", "account", "not a plain whole number"),
        ("name: !!python/name:os.system\n", "name", "a tag, python/name:os.system"),
        ("tags: !!omap []\n", "tags", "a tag"),
        ("name: !env HOME\n", "name", "a tag, !env"),
        ("name: ${AWS::AccountId}\n", "name", "a reference, which nothing fills in here, got ${AWS::Acc"),
        ("name: ${Token[a.1]}\n", "name", "a reference, which nothing fills in here"),
        ('tags: {a: "#{Token[a.1]}"}\n', "tags.a", "a reference, which nothing fills in here"),
        ('tags: {"${Token[a.1]}": b}\n', "tags", "a reference as a key, got ${Token[a.1]}"),
    ],
    ids=lambda value: value[:24].strip(),
)
def test_fails_when_yaml_means_something_else(refuse: Refuse, text: str, path: str, words: str) -> None:
    """What YAML turns into another thing than the eye sees is refused, not guessed."""
    refusals = {refusal.path: refusal for refusal in refuse(text)}

    assert words in str(refusals[path])


def test_an_unreadable_value_is_reported_once(refuse: Refuse) -> None:
    """A value that could not be read is not also missing, nor of a wrong type."""
    refusals = refuse(ENDPOINT.replace("instance_type: ml.m5.large", "instance_type: .nan"))

    assert ["endpoints.b.instance_type"] == [refusal.path for refusal in refusals]


def test_control_characters_do_not_reach_the_terminal(refuse: Refuse) -> None:
    """A file cannot colour the screen or move the cursor of whoever checks it."""
    (refusal,) = refuse(ENDPOINT.replace("name: a", r'name: "a\e[31m"'))

    assert "\x1b" not in str(refusal)
