"""Writes the weights of both tenants: the same seed always gives the same files."""

from __future__ import annotations

from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
SEED = 20230614
SIZE = 4
"""Numbers in an embedding."""

VOCABULARIES = {
    "acme": ("parcel", "late", "refund", "invoice", "address", "broken", "return", "courier"),
    "globex": ("login", "password", "invoice", "seat", "export", "slow", "refund", "api"),
}
"""The words that a tenant's model knows; `invoice` and `refund` mean something else to each."""


def weights(words: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The rows of the question encoder, and those of the article encoder: the same ones, weighted by word.

    Whole numbers, so that an embedding can be added up by hand; no row is all zero.
    """
    question = random.integers(-3, 4, size=(words, SIZE))
    question[~question.any(axis=1), 0] = 1
    return question, question * random.integers(1, 4, size=(words, 1))


def main(target: Path = HERE / "tenants") -> None:
    """Write vocabulary.txt, question.csv and article.csv of every tenant."""
    random = np.random.default_rng(SEED)
    for tenant, vocabulary in VOCABULARIES.items():
        folder = target / tenant
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "vocabulary.txt").write_text("".join(f"{word}\n" for word in vocabulary))
        question, article = weights(len(vocabulary), random)
        np.savetxt(folder / "question.csv", question, fmt="%d", delimiter=",")
        np.savetxt(folder / "article.csv", article, fmt="%d", delimiter=",")


if __name__ == "__main__":
    main()
