"""Knows what S3 takes as the name of a bucket."""

from __future__ import annotations

from typing import Final

from pilotlight.catalog.evidence import documented
from pilotlight.catalog.limits import Limit

NAMING_RULES: Final = documented(
    "CloudFormation registry schema of AWS::S3::Bucket (cfn-lint 1.58.0, BucketName, with the format of that "
    "name), which refers to the Amazon S3 User Guide, General purpose bucket naming rules"
)

BUCKET_NAME: Final = Limit("BucketName", 3, 63, "characters", NAMING_RULES)

_LABEL: Final = "[a-z0-9]([a-z0-9-]*[a-z0-9])?"
BUCKET_NAME_PATTERN: Final = rf"{_LABEL}(\.{_LABEL})*"
"""Lower-case letters, digits, dots and hyphens; a letter or a digit at both ends, and beside each dot."""

IP_ADDRESS_PATTERN: Final = r"([0-9]{1,3}\.){3}[0-9]{1,3}"
"""What no bucket is called, although the pattern above would take it (Amazon S3 User Guide, as above)."""

NOT_IN_KEYS: Final = frozenset("*?{}")
"""What no key of ours has: `*` and `?` stand for other characters in a policy, and braces for variables (IAM
User Guide, Resource element and Policy variables); S3 advises against braces too (Amazon S3 User Guide,
Naming Amazon S3 objects)."""
