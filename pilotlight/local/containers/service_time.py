"""How long the image takes that a stand-in stands for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServiceTime:
    """The declared service-time profile of a stand-in, in seconds of SageMaker time.

    start_s: from the start of the container to its first good ping. Default: a minute, to read weights that
    are there already (assumed). invocation_s: per answer. Default: 20 s, a few hundred tokens of a large
    language model (assumed). load_s: per model of a multi-model container. Default: 5 s, to read a small
    model into memory (assumed).
    """

    start_s: float = 60.0
    invocation_s: float = 20.0
    load_s: float = 5.0
