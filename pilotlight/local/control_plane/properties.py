"""The members of an API request, or the properties of a CloudFormation resource."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Properties = Mapping[str, Any]
"""Both use the same names."""
