"""Counts which word follows which in a tenant's replies: run it after changing them."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
END = "<end>"


def train(replies: list[list[str]]) -> tuple[list[str], np.ndarray]:
    """The vocabulary, sorted, and how often the word of a column follows the word of a row."""
    vocabulary = sorted({word for reply in replies for word in (*reply, END)})
    follows = np.zeros((len(vocabulary), len(vocabulary)), dtype=np.int64)
    for reply in replies:
        for word, following in zip(reply, (*reply[1:], END), strict=True):
            follows[vocabulary.index(word), vocabulary.index(following)] += 1
    return vocabulary, follows


def main(tenants: Path = HERE / "tenants") -> None:
    """Write vocabulary.txt and follows.csv beside every replies.txt."""
    for file in sorted(tenants.glob("*/replies.txt")):
        vocabulary, follows = train([line.split() for line in file.read_text().splitlines()])
        (file.parent / "vocabulary.txt").write_text("".join(f"{word}\n" for word in vocabulary))
        np.savetxt(file.parent / "follows.csv", follows, fmt="%d", delimiter=",")
        sys.stdout.write(f"{file.parent.name}: {len(vocabulary)} words\n")


if __name__ == "__main__":
    main()
