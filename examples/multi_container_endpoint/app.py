"""Two models on one instance: each caller may ask the one that it needs.

Run it in the root of the repository: `cdk synth --app "python examples/multi_container_endpoint/app.py"`.
"""

from __future__ import annotations

# first, because aws_cdk starts Node as soon as it is imported, and this finds one when PATH has none
from pilotlight_cdk import (  # isort: skip
    Container,
    ContainerModel,
    ModelArtifact,
    ModelImage,
    MultiContainerEndpoint,
)
from aws_cdk import App, Environment, Stack
from aws_cdk import aws_iam as iam

app = App()
stack = Stack(app, "Support", env=Environment(region="us-east-1"))
image = ModelImage.from_framework("scikit-learn", version="1.4-2")
redaction = ModelArtifact.from_directory("examples/models/ticket_redaction")
intent = ModelArtifact.from_directory("examples/models/ticket_intent")
model = ContainerModel(
    stack, "Tickets", containers={"redact": Container(image, redaction), "sort": Container(image, intent)}
)
endpoint = MultiContainerEndpoint(stack, "Desk", model=model, instance_type="ml.m5.large")
archive = iam.Role(stack, "Archive", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
endpoint.grant_invoke(archive, containers=["redact"])
app.synth()
