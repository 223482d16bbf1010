"""An endpoint that answers at once, on one to four instances, as many as there are requests in flight.

Run it in the root of the repository: `cdk synth --app "python examples/realtime_endpoint/app.py"`.
"""

from __future__ import annotations

# first, because aws_cdk starts Node as soon as it is imported, and this finds one when PATH has none
from pilotlight_cdk import ConcurrencyScaling, Model, ModelArtifact, ModelImage, RealtimeEndpoint  # isort: skip
from aws_cdk import App, Environment, Stack

app = App()
stack = Stack(app, "Support", env=Environment(region="us-east-1"))
image = ModelImage.from_framework("scikit-learn", version="1.4-2")
model = Model(
    stack, "Tickets", image=image, artifact=ModelArtifact.from_directory("examples/models/ticket_intent")
)
scaling = ConcurrencyScaling(target_per_instance=4, max_capacity=4)
RealtimeEndpoint(stack, "TicketIntent", model=model, instance_type="ml.m5.large", scaling=scaling)
app.synth()
