"""The example of autocompletion: the words, what is kept, and the PyTorch branch with a stand-in."""

from __future__ import annotations

import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from tests.examples.conftest import load
from tests.examples.triton_stand_in import Array, arguments, load_model, texts

AUTOCOMPLETE = Path(__file__).parents[2] / "examples" / "models" / "autocomplete"
TENANTS = AUTOCOMPLETE / "tenants"


class FakeTensor(np.ndarray[Any, Any]):
    """An array that knows the device it was put on."""

    device = "nowhere"

    def to(self, device: str) -> FakeTensor:
        """Remember the device."""
        self.device = device
        return self


class FakeTorch(ModuleType):
    """Counts how often, and tells whether, gradients are off."""

    off = False
    made: list[FakeTensor]

    @contextmanager
    def inference_mode(self):
        """Switch gradients off, as PyTorch does."""
        self.off = True
        yield
        self.off = False

    def from_numpy(self, array: Array) -> FakeTensor:
        """Wrap an array."""
        self.made.append(array.view(FakeTensor))
        return self.made[-1]


@pytest.fixture
def decoding(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The loop without PyTorch, whether it is installed or not."""
    monkeypatch.setitem(sys.modules, "torch", None)
    return load(AUTOCOMPLETE / "model" / "decoding.py")


def _decoder(decoding: ModuleType, tenant: str, **options: Any) -> Any:
    words = (TENANTS / tenant / "vocabulary.txt").read_text().split()
    follows = np.loadtxt(TENANTS / tenant / "follows.csv", delimiter=",", dtype=np.float32)
    return decoding.Decoder(words, follows, **options)


@pytest.mark.parametrize(
    ("tenant", "prompt", "most", "text"),
    [
        ("acme", "Your", 8, "parcel is on its way"),
        ("acme", "your", 2, "parcel is"),
        ("acme", "your", 0, ""),
        ("acme", "please send your", 1, "parcel"),
        ("acme", "zebra", 8, ""),
        ("globex", "your", 8, "export is ready"),
        ("globex", "please", 2, "reset your"),
    ],
)
def test_the_next_word_is_the_one_that_followed_most_often(
    decoding: ModuleType, tenant: str, prompt: str, most: int, text: str
) -> None:
    """As the table of the README derives it."""
    assert text == _decoder(decoding, tenant).complete(prompt, most)[0]


def test_a_longer_prompt_reads_only_its_new_words(decoding: ModuleType) -> None:
    """Also what was decoded before is kept, and the answer is the one of a decoder that has kept nothing."""
    decoder = _decoder(decoding, "acme")
    before = [decoder.complete(prompt, 2)[1] for prompt in ("your", "your parcel", "your parcel is late")]

    assert [0, 2, 3] == before
    assert (
        decoder.complete("your parcel is late", 3)[0]
        == _decoder(decoding, "acme").complete("your parcel is late", 3)[0]
    )
    assert 4 == decoder.complete("your parcel is late", 3)[1]


def test_no_more_states_are_kept_than_allowed(decoding: ModuleType) -> None:
    """With room for one, only the very last one is there; the answer stays the same."""
    decoder = _decoder(decoding, "acme", kept=1)

    assert "parcel is on its way" == decoder.complete("your", 8)[0]
    assert ("parcel is on its way", 0) == decoder.complete("your", 8)
    assert 1 == len(decoder._cache)


def test_pytorch_computes_without_gradients_on_the_device(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen with a stand-in: the weights go to the device, and every word is decoded with gradients off."""
    torch = FakeTorch("torch")
    torch.made = []
    monkeypatch.setitem(sys.modules, "torch", torch)
    decoder = _decoder(load(AUTOCOMPLETE / "model" / "decoding.py"), "acme", device="cuda:1")
    seen: list[bool] = []
    step = decoder._next

    def watched(*state: Any) -> Any:
        seen.append(torch.off)
        return step(*state)

    monkeypatch.setattr(decoder, "_next", watched)

    assert "parcel is on its way" == decoder.complete("your", 8)[0]
    assert ["cuda:1"] == [tensor.device for tensor in torch.made]
    assert [True] * 6 == seen
    assert not torch.off


def test_the_model_answers_as_triton_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It reads its version folder, takes MOST or does without, and keeps nothing when it is unloaded."""
    monkeypatch.setitem(sys.modules, "torch", None)
    monkeypatch.delitem(sys.modules, "decoding", raising=False)
    version = tmp_path / "1"
    version.mkdir()
    for name in ("vocabulary.txt", "follows.csv"):
        shutil.copy(TENANTS / "globex" / name, version)
    model = load_model(AUTOCOMPLETE / "model" / "model.py", monkeypatch).TritonPythonModel()
    model.initialize(arguments(version, kept_states="4"))

    answers = model.execute([{"PROMPT": texts("your")}, {"PROMPT": texts("your"), "MOST": np.array([1])}])

    assert [[b"export is ready", 0], [b"export", 1]] == [
        [tensor.as_numpy()[0] for tensor in answer.tensors] for answer in answers
    ]
    decoder = model.decoder
    model.finalize()
    assert 0 == len(decoder._cache)


def test_training_gives_the_files_that_are_here(tmp_path: Path) -> None:
    """Counting has no luck in it."""
    shutil.copytree(TENANTS, tmp_path / "tenants", ignore=shutil.ignore_patterns("*.csv", "vocabulary.txt"))
    load(AUTOCOMPLETE / "train.py").main(tmp_path / "tenants")

    files = sorted(path.relative_to(TENANTS) for path in TENANTS.rglob("*.*"))
    assert 6 == len(files)
    assert [(TENANTS / name).read_text() for name in files] == [
        (tmp_path / "tenants" / name).read_text() for name in files
    ]
