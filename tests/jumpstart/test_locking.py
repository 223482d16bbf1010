"""Adding models to a lock file."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotlight.jumpstart.entry import locked_model
from pilotlight.jumpstart.lock_file import existing_lock, lock_text, with_model
from pilotlight.jumpstart.locking import lock_model
from pilotlight.spec import FleetRefused
from pilotlight.spec.jumpstart_lock import load_lock

CHOICES = (
    ("tiny-cpu", "1.9.0", ("us-east-1",)),
    ("tiny-cpu", "1.10.0", ()),
    ("tiny-llm", "1.0.0", ("us-west-2", "us-east-1")),
    ("tiny-gated", "1.0.0", ()),
    ("tiny-package", "2.0.0", ()),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A lock file that is not there yet."""
    return tmp_path / "jumpstart.lock.json"


@given(choices=st.lists(st.sampled_from(CHOICES), unique_by=lambda choice: choice[0]), shuffled=st.randoms())
def test_the_order_of_locking_does_not_matter(data, choices, shuffled) -> None:
    """The same models give the same bytes, in whatever order they were added."""
    empty = existing_lock(Path("nowhere.json"))
    texts = []
    for order in (choices, shuffled.sample(choices, len(choices))):
        lock = empty
        for model_id, version, regions in order:
            lock = with_model(lock, model_id, locked_model(data.facts(model_id, version), regions))
        texts.append(lock_text(lock))

    assert texts[0] == texts[1]


def test_the_order_of_the_regions_does_not_matter(data, tmp_path: Path) -> None:
    """They are a set."""
    texts = set()
    for number, regions in enumerate(permutations(("us-east-1", "us-west-2", "eu-west-1", "us-east-1"))):
        file = tmp_path / f"{number}.json"
        lock_model(data, "tiny-llm", file, regions=regions)
        texts.add(file.read_text())

    assert 1 == len(texts)


@pytest.mark.parametrize(("model_id", "version", "regions"), CHOICES)
def test_what_was_written_is_what_is_read(data, path: Path, model_id, version, regions) -> None:
    """Nothing is lost by leaving out what says nothing."""
    locked = lock_model(data, model_id, path, version=version, regions=regions)

    assert locked.model == load_lock(path).model(model_id)


def test_locking_again_changes_nothing(data, path: Path) -> None:
    """The second run leaves the very file alone."""
    first = lock_model(data, "tiny-llm", path)
    before = path.stat()

    second = lock_model(data, "tiny-llm", path)

    assert (True, False) == (first.changed, second.changed)
    assert (before.st_mtime_ns, before.st_ino) == (path.stat().st_mtime_ns, path.stat().st_ino)


def test_other_models_stay(data, path: Path) -> None:
    """Only the entry of the model is replaced."""
    for model_id, version in (("tiny-llm", None), ("tiny-cpu", "1.9.0"), ("tiny-cpu", "1.10.0")):
        locked = lock_model(data, model_id, path, version=version)

    assert {"tiny-llm": "1.0.0", "tiny-cpu": "1.10.0"} == {
        model_id: model.version for model_id, model in load_lock(path).models.items()
    }
    assert locked.before is not None
    assert "1.9.0" == locked.before.version


def test_a_model_keeps_its_regions(data, path: Path) -> None:
    """A new version is locked where the old one was."""
    lock_model(data, "tiny-cpu", path, version="1.9.0", regions=("us-east-1",))

    assert ["us-east-1"] == [*lock_model(data, "tiny-cpu", path).model.regions]


def test_a_region_that_the_new_version_left_is_dropped(data, path: Path) -> None:
    """Nobody asked for it by name in this run."""
    lock_model(data, "tiny-cpu", path, version="1.9.0")

    assert ["cn-north-1", "us-east-1"] == [*lock_model(data, "tiny-cpu", path).model.regions]


def test_only_the_lock_is_left_in_the_folder(data, path: Path) -> None:
    """The draft becomes the file."""
    lock_model(data, "tiny-cpu", path)

    assert [path] == [*path.parent.iterdir()]


def test_a_link_stays_a_link(data, path: Path, tmp_path: Path) -> None:
    """The file that it names is replaced."""
    target = tmp_path / "elsewhere.json"
    path.symlink_to(target)

    lock_model(data, "tiny-cpu", path)

    assert path.is_symlink()
    assert ["tiny-cpu"] == [*load_lock(target).models]


def test_fails_when_the_draft_cannot_replace_the_file(data, path: Path, monkeypatch) -> None:
    """What was there stays whole, and no draft stays behind."""

    def full(draft: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    lock_model(data, "tiny-cpu", path)
    before = path.read_bytes()
    monkeypatch.setattr(Path, "replace", full)

    with pytest.raises(
        FleetRefused, match=r"jumpstart\.lock\.json: cannot be written: no space left on device"
    ):
        lock_model(data, "tiny-llm", path)

    assert before == path.read_bytes()
    assert [path] == [*path.parent.iterdir()]


def test_fails_when_the_existing_file_is_no_lock(data, path: Path) -> None:
    """A file that is not understood is not overwritten."""
    path.write_text("[]")

    with pytest.raises(FleetRefused, match="not a lock file"):
        lock_model(data, "tiny-cpu", path)

    assert "[]" == path.read_text()
