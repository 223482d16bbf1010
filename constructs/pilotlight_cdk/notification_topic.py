"""A topic that only TLS reaches and that the customer-managed key encrypts."""

from __future__ import annotations

from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from constructs import Construct


class NotificationTopic(sns.Topic):
    """Carries notifications of SageMaker; `display_name` is what the readers of its e-mails see."""

    def __init__(self, scope: Construct, id: str, *, display_name: str, encryption_key: kms.IKey) -> None:
        super().__init__(scope, id, display_name=display_name, master_key=encryption_key, enforce_ssl=True)
