"""Texts that stand in the definition of a state machine, and must not be taken for expressions there."""

from __future__ import annotations

from pilotlight.spec.refusing import refused


def refuse_expression(text: str) -> None:
    """Raise when CloudFormation or Step Functions would put something else in the place of a text.

    CloudFormation fills in `${…}` of a definition, and Step Functions works out a text that begins with `{%`
    and ends with `%}` (CloudFormation registry, AWS::StepFunctions::StateMachine, DefinitionSubstitutions;
    Step Functions Developer Guide, JSONata).
    """
    if "${" in text or (text.startswith("{%") and text.endswith("%}")):
        raise refused(
            "would be taken for an expression", allowed="text without ${ that does not stand in {% %}"
        )
