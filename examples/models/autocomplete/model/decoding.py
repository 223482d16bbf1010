"""The decoding loop: one word after the other, with what was worked out for earlier words kept."""

from __future__ import annotations

from collections import OrderedDict
from contextlib import nullcontext
from typing import Any

import numpy as np

try:
    import torch
except ImportError:  # the Triton on a developer's machine has no PyTorch; SageMaker's image has
    torch = None

FADE = 0.5
"""How much of each earlier word is left after the next one."""

END = "<end>"


def without_gradients() -> Any:
    """Keep PyTorch from remembering every step for a backward pass that never comes."""
    return nullcontext() if torch is None else torch.inference_mode()


def as_tensor(array: np.ndarray, device: str) -> Any:
    """Put numbers where they are computed with: on the device if PyTorch is there, or else in NumPy."""
    return array if torch is None else torch.from_numpy(array).to(device)


class Decoder:
    """Completes texts with the words that most often followed those before them.

    The state after some words is their faded sum, so a further word costs one row, however many there are.
    States are kept by their words, the least recently used of them dropped.

    vocabulary: the words, by column.
    follows: how often the word of a column follows the word of a row.
    kept: states in the cache.
    """

    def __init__(
        self, vocabulary: list[str], follows: np.ndarray, *, kept: int = 256, device: str = "cpu"
    ) -> None:
        self._vocabulary = vocabulary
        self._column = {word: column for column, word in enumerate(vocabulary)}
        self._follows = as_tensor(follows, device)
        self._cache: OrderedDict[tuple[int, ...], Any] = OrderedDict()
        self._kept = kept

    def complete(self, prompt: str, most: int) -> tuple[str, int]:
        """Give at most `most` further words, and how many words of the prompt came out of the cache."""
        with without_gradients():
            columns = tuple(self._column[word] for word in prompt.lower().split() if word in self._column)
            state, reused = self._read(columns)
            words: list[str] = []
            while state is not None and len(words) < most:
                best = int(state.argmax())
                if self._vocabulary[best] == END:
                    break
                words.append(self._vocabulary[best])
                columns = (*columns, best)
                state = self._next(columns, state)
            del state  # the cache alone decides how long it lives
            return " ".join(words), reused

    def clear(self) -> None:
        """Free everything that is kept."""
        self._cache.clear()

    def _read(self, columns: tuple[int, ...]) -> tuple[Any, int]:
        """The state after some words, from the longest beginning of them that is kept."""
        known = next((n for n in range(len(columns), 0, -1) if columns[:n] in self._cache), 0)
        state = self._cache.get(columns[:known])
        for end in range(known + 1, len(columns) + 1):
            state = self._next(columns[:end], state)
        return state, known

    def _next(self, columns: tuple[int, ...], before: Any) -> Any:
        row = self._follows[columns[-1]]
        self._cache[columns] = row if before is None else FADE * before + row
        self._cache.move_to_end(columns)
        while len(self._cache) > self._kept:
            self._cache.popitem(last=False)
        return self._cache[columns]
