"""One request, two containers: the first takes names out of a ticket, the second tells what it is about.

Run it in the root of the repository: `cdk synth --app "python examples/pipeline_endpoint/app.py"`.
"""

from __future__ import annotations

# first, because aws_cdk starts Node as soon as it is imported, and this finds one when PATH has none
from pilotlight_cdk import (  # isort: skip
    ConcurrencyScaling,
    Container,
    ContainerModel,
    ModelArtifact,
    ModelImage,
    PipelineEndpoint,
)
from aws_cdk import App, Environment, Stack

app = App()
stack = Stack(app, "Support", env=Environment(region="us-east-1"))
image = ModelImage.from_framework("scikit-learn", version="1.4-2")
redaction = ModelArtifact.from_directory("examples/models/ticket_redaction")
intent = ModelArtifact.from_directory("examples/models/ticket_intent")
model = ContainerModel(
    stack, "Tickets", containers={"redact": Container(image, redaction), "sort": Container(image, intent)}
)
scaling = ConcurrencyScaling(target_per_instance=4, max_capacity=2)
PipelineEndpoint(stack, "Desk", model=model, instance_type="ml.m5.large", scaling=scaling)
app.synth()
