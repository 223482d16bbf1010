"""Writes a CloudFormation reference as one string, as cdk-nag does in the ids of its findings."""

from __future__ import annotations

import json
from typing import Any


def flattened(reference: Any) -> str:
    """Turn a resolved value into the text that a finding id contains.

    The rules are those of cdk-nag 3.0.2 (`flattenCfnReference`): an acknowledgement must match exactly.
    """
    match reference:
        case str():
            return reference.replace("${", "<").replace("}", ">")
        case {"Fn::Join": [delimiter, items]}:
            return str(delimiter).join(flattened(item) for item in items)
        case {"Fn::Sub": text}:
            return flattened(text)
        case {"Fn::GetAtt": [resource, attribute]}:
            return f"<{flattened(resource)}.{flattened(attribute)}>"
        case {"Ref": name}:
            return f"<{flattened(name)}>"
        case _:
            return json.dumps(reference, separators=(",", ":"), ensure_ascii=False)
