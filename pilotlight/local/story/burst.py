"""A burst of requests that are not alike, and which instances they went to."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from .looking import containers
from .scene import Scene

SHORT, LONG = 64, 512
"""Tokens to generate: the long answers take eight times as long as the short ones."""

TOKENS = (SHORT, SHORT, LONG) * 8


@dataclass(frozen=True, slots=True)
class Burst:
    """What came of it. per_instance: requests that each got; seconds: on the wall, until the last."""

    answered: int
    per_instance: tuple[int, ...]
    seconds: float


def send_burst(scene: Scene, endpoint: str, tokens: Sequence[int] = TOKENS) -> Burst:
    """Ask for texts of these lengths, all at once, and wait for every answer."""
    runtime = scene.client("sagemaker-runtime")

    def ask(length: int) -> bool:
        document = {"inputs": "def pilot_light():", "parameters": {"max_new_tokens": length}}
        answer = runtime.invoke_endpoint(
            EndpointName=endpoint, Body=json.dumps(document), ContentType="application/json"
        )
        return bool(json.loads(answer["Body"].read())["generated_text"])

    before, began = _executions(scene, endpoint), time.monotonic()
    with ThreadPoolExecutor(len(tokens)) as callers:
        answered = sum(callers.map(ask, tokens))
    took = time.monotonic() - began
    after = _executions(scene, endpoint)
    return Burst(answered, tuple(after[port] - before.get(port, 0) for port in sorted(after)), took)


def _executions(scene: Scene, endpoint: str) -> dict[int, int]:
    """How many requests each container began so far; AWS does not tell, so the containers are asked."""
    return {each.port: _began(each.port) for each in containers(scene, endpoint)}


def _began(port: int) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/executions", timeout=5) as answer:
        return int(json.load(answer)["executions"])
