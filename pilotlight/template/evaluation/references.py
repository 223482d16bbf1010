"""Works out what refers to something else: a parameter, a resource, the output of another stack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pilotlight.catalog.regions import partition_of
from pilotlight.template.evaluation.parameters import parameter
from pilotlight.template.evaluation.stack import Stack
from pilotlight.template.evaluation.symbol import ABSENT, Pseudo, Symbol, Text, Value, reference

if TYPE_CHECKING:
    from pilotlight.template.evaluation.evaluator import Evaluator

NO_ACCOUNT: Final = Pseudo("${AWS::AccountId}", "only the deployment knows the account")
"""The account of a stack that can be deployed to any."""


def referred(evaluator: Evaluator, stack: Stack, name: Any) -> Value:
    """`Ref`: a pseudo parameter, a parameter, or a resource."""
    if not isinstance(name, str):
        return Symbol("${…}", "a reference to nothing that has a name")
    if name.startswith("AWS::"):
        return _pseudo(stack, name)
    if stack.entry("Parameters", name) is not None:
        return parameter(stack, name)
    if stack.entry("Resources", name) is not None:
        return reference(stack.name, name)
    del evaluator
    return Symbol(f"${{{name}}}", f"there is no {name} in the template")


def attribute(evaluator: Evaluator, stack: Stack, written: Any) -> Value:
    """`Fn::GetAtt`, also in its short form; an attribute that the template itself sets is known."""
    if isinstance(written, str):
        written = written.split(".", 1)
    pieces = [evaluator.value(stack, each) for each in written] if isinstance(written, list) else []
    if len(pieces) != 2 or not all(isinstance(each, str) for each in pieces):  # noqa: PLR2004 (a pair)
        return Symbol("${…}", "an attribute of nothing that has a name")
    logical_id, name = pieces
    resource = stack.entry("Resources", logical_id)
    if not isinstance(resource, dict):
        return Symbol(f"${{{logical_id}.{name}}}", f"there is no {logical_id} in the template")
    properties = resource.get("Properties")
    given = properties.get(name) if isinstance(properties, dict) else None
    if given is not None:
        known = evaluator.once(
            stack, "Resources", f"{logical_id}.{name}", lambda: evaluator.value(stack, given)
        )
        if isinstance(known, str | Text):
            return known
    return reference(stack.name, logical_id, name)


def stack_output(evaluator: Evaluator, stack: Stack, written: Any) -> Value:
    """`Fn::GetStackOutput`: an output of another stack, known when that stack is at hand."""
    said = evaluator.value(stack, written)
    said = said if isinstance(said, dict) else {}
    name, output = said.get("StackName"), said.get("OutputName")
    other = evaluator.stacks.get(name) if isinstance(name, str) else None
    if other is None or not isinstance(output, str):
        return Symbol(f"${{{name}.{output}}}", f"the stack {name} is not at hand")
    return _output(evaluator, other, output)


def imported(evaluator: Evaluator, stack: Stack, written: Any) -> Value:
    """`Fn::ImportValue`: what another stack exports, known when that stack is at hand."""
    wanted = evaluator.value(stack, written)
    for other in evaluator.stacks.values():
        for name, output in other.section("Outputs").items():
            export = output.get("Export") if isinstance(output, dict) else None
            if isinstance(export, dict) and evaluator.value(other, export.get("Name")) == wanted:
                return _output(evaluator, other, name)
    return Symbol(f"${{{wanted}}}", f"no stack at hand exports {wanted}")


def _output(evaluator: Evaluator, stack: Stack, name: str) -> Value:
    output = stack.entry("Outputs", name)
    if not isinstance(output, dict) or "Value" not in output:
        return Symbol(f"${{{stack.name}.{name}}}", f"{stack.name} has no output {name}")
    value = evaluator.once(stack, "Outputs", name, lambda: evaluator.value(stack, output["Value"]))
    if isinstance(value, dict | list) or value is None:
        return Symbol(f"${{{stack.name}.{name}}}", "an output that is no text")
    return value


def _pseudo(stack: Stack, name: str) -> Value:
    try:
        partition = partition_of(stack.region)
    except LookupError:
        partition = None
    known: dict[str, Value] = {
        "AWS::AccountId": NO_ACCOUNT if stack.account is None else stack.account,
        "AWS::NoValue": ABSENT,
        "AWS::Partition": None if partition is None else partition.name,
        "AWS::Region": stack.region,
        "AWS::StackName": stack.name,
        "AWS::URLSuffix": None if partition is None else partition.dns_suffix,
    }
    value = known.get(name)
    return Pseudo(f"${{{name}}}", f"only the deployment knows {name}") if value is None else value
