"""The smallest app: a model that sleeps at zero instances and wakes on the first request.

Run it in the root of the repository: `cdk synth --app "python examples/async_endpoint/app.py"`.
"""

from __future__ import annotations

# first, because aws_cdk starts Node as soon as it is imported, and this finds one when PATH has none
from pilotlight_cdk import AsyncEndpoint, Model, ModelArtifact, ModelImage  # isort: skip
from aws_cdk import App, Environment, Stack

app = App()
stack = Stack(app, "Support", env=Environment(region="us-east-1"))
image = ModelImage.from_framework("scikit-learn", version="1.4-2")
model = Model(
    stack, "Tickets", image=image, artifact=ModelArtifact.from_directory("examples/models/ticket_intent")
)
AsyncEndpoint(stack, "TicketIntent", model=model, instance_type="ml.m5.large")
app.synth()
