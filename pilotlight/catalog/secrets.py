"""Knows what secrets look like, and what AWS says about them in a container's variables."""

from __future__ import annotations

from typing import Final

from pilotlight.catalog.evidence import assumed, documented
from pilotlight.catalog.limits import Limit

NO_SECRETS_SOURCE: Final = documented(
    "botocore 1.44.5, ContainerDefinition.Environment: Don't include any sensitive data in your environment "
    "variables; DescribeModel shows them"
)
"""Why no secret stands in a container's variables, not even one that CloudFormation fills in.

CloudFormation logs no value of a dynamic reference, but "the secret value may show up in the service whose
resource it's being used in" (CloudFormation User Guide, Get a secret or secret value from Secrets Manager).
"""

TELLTALE_NAME: Final = (
    r"HF_TOKEN|HF_API_TOKEN|HUGGING_?FACE_?HUB_(API_)?TOKEN|HUGGING_FACE_TOKEN"
    r"|AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|GITHUB_TOKEN|NGC_API_KEY|WANDB_API_KEY"
    r"|(.*_)?(SECRET|PASSWORD|PASSWD|API_KEY|SECRET_KEY|PRIVATE_KEY|ACCESS_TOKEN|AUTH_TOKEN)"
)
"""Variables whose values are secrets, in capitals."""

TELLTALE_VALUE: Final = (
    r"hf_[A-Za-z0-9]{20,}"  # a token of Hugging Face
    r"|(AKIA|ASIA)[A-Z0-9]{16}"  # an access key id: IAM User Guide, IAM identifiers, Unique identifiers
    r"|gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,}"  # a token of GitHub
    r"|nvapi-[A-Za-z0-9_-]{20,}"  # a key of NVIDIA's registry
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----(.|\n)*"
)
"""Values that are secrets whatever the variable is called."""

LOOKS_SOURCE: Final = assumed("the forms that the issuers use today; AWS publishes no such list")

FILLED_IN: Final = r"\{\{resolve:(secretsmanager|ssm-secure):"
"""How a dynamic reference to a secret begins."""

ID_SUFFIX: Final = "_SECRET_ID"
"""`HF_TOKEN_SECRET_ID` tells a container which secret has its HF_TOKEN: the SecretId of GetSecretValue."""

NAME_PATTERN: Final = r"[A-Za-z0-9/_+=.@-]+"
"""What Secrets Manager takes as the name of a secret (botocore 1.44.5, secretsmanager CreateSecret)."""

NAME_LENGTH: Final = Limit(
    "Name", 1, 512, "characters", documented("botocore 1.44.5, secretsmanager CreateSecret")
)

ARN_PATTERN: Final = r"arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+"
"""The ARN of a secret, best with the six characters that Secrets Manager appends to its name."""
