"""Where a construct is deployed; the CDK is asked once per stack, because each question crosses to Node."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from weakref import WeakKeyDictionary

from aws_cdk import Stack
from constructs import IConstruct


@dataclass(frozen=True, slots=True)
class Location:
    """Partition, region and account of a stack, as literals or as references to what CloudFormation knows."""

    partition: str
    region: str
    account: str
    stack: Stack = field(compare=False, repr=False)

    @classmethod
    def of(cls, scope: IConstruct) -> Location:
        """Give the location of the stack of a construct."""
        known = _KNOWN.get(scope)
        if known is None:
            stack = Stack.of(scope)
            known = _KNOWN.get(stack) or cls(stack.partition, stack.region, stack.account, stack)
            _KNOWN[scope] = _KNOWN[stack] = known
        return known

    @classmethod
    def inherit(cls, child: IConstruct, parent: IConstruct) -> None:
        """Know that a child is where its parent is, without a question."""
        _KNOWN[child] = cls.of(parent)

    def arn(self, service: str, resource: str) -> str:
        """Give the ARN of something of this account, as `endpoint/ocr` of `sagemaker`."""
        return f"arn:{self.partition}:{service}:{self.region}:{self.account}:{resource}"

    def arn_of_bucket(self, name: str) -> str:
        """Give the ARN of a bucket, which names neither region nor account."""
        return f"arn:{self.partition}:s3:::{name}"


_KNOWN: Final[WeakKeyDictionary[IConstruct, Location]] = WeakKeyDictionary()
