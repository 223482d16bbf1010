"""Finishes, when an app is synthesized, what nothing has finished before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from weakref import WeakKeyDictionary

import jsii
from aws_cdk import Aspects, IAspect, Stack
from constructs import Construct, IConstruct

from pilotlight_cdk.location import Location

Finish = Callable[[], None]


def at_synth(scope: Construct, finish: Finish) -> None:
    """Call something when the stack of a construct is synthesized; it may be called more than once."""
    stack = Location.of(scope).stack
    if stack not in _OF_STACK:
        _OF_STACK[stack] = _Finishing()
        # an aspect of the stack would be asked about each of its constructs, this one is about a single one
        Aspects.of(Construct(stack, "PilotlightAtSynth")).add(_OF_STACK[stack])
    _OF_STACK[stack].steps.append(finish)


@jsii.implements(IAspect)
class _Finishing:
    def __init__(self) -> None:
        self.steps: list[Finish] = []

    def visit(self, _node: IConstruct) -> None:
        for finish in self.steps:
            finish()


_OF_STACK: Final[WeakKeyDictionary[Stack, _Finishing]] = WeakKeyDictionary()
"""One for each stack, because each crosses to Node."""
