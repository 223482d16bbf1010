"""An endpoint without instances: nothing is billed while nobody asks, but for the one request kept ready.

Run it in the root of the repository: `cdk synth --app "python examples/serverless_endpoint/app.py"`.
"""

from __future__ import annotations

# first, because aws_cdk starts Node as soon as it is imported, and this finds one when PATH has none
from pilotlight_cdk import (  # isort: skip
    Model,
    ModelArtifact,
    ModelImage,
    ProvisionedConcurrencyScaling,
    ServerlessEndpoint,
)
from aws_cdk import App, Environment, Size, Stack

app = App()
stack = Stack(app, "Support", env=Environment(region="us-east-1"))
model = Model(
    stack,
    "Tickets",
    image=ModelImage.from_framework("scikit-learn", version="1.4-2"),
    artifact=ModelArtifact.from_directory("examples/models/ticket_intent"),
    network_isolation=False,  # serverless inference has none
)
ServerlessEndpoint(
    stack,
    "TicketIntent",
    model=model,
    memory_size=Size.gibibytes(2),
    max_concurrency=10,
    provisioned_concurrency=1,
    scaling=ProvisionedConcurrencyScaling(target_percent=70, max_capacity=5),
)
app.synth()
