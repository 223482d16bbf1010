"""A container of one's own around spaCy: nginx and gunicorn, built when the stack is deployed.

Run it in the root of the repository: `cdk synth --app "python examples/bring_your_own/app.py"`.
"""

from __future__ import annotations

# first, because aws_cdk starts Node as soon as it is imported, and this finds one when PATH has none
from pilotlight_cdk import Model, ModelArtifact, ModelImage, RealtimeEndpoint  # isort: skip
from aws_cdk import App, Environment, Stack

app = App()
stack = Stack(app, "Tickets", env=Environment(region="us-east-1"))
image = ModelImage.from_dockerfile("examples/bring_your_own/container", instance_type="ml.c7g.large")
artifact = ModelArtifact.from_directory("examples/bring_your_own/model")
model = Model(stack, "Model", image=image, artifact=artifact)
RealtimeEndpoint(stack, "Entities", model=model, instance_type="ml.c7g.large")
app.synth()
