"""Every night at three, all tickets below a prefix of S3 get their intents, each beside its number.

Run it in the root of the repository: `cdk synth --app "python examples/batch_transform/app.py"`.
"""

from __future__ import annotations

# first, because aws_cdk starts Node as soon as it is imported, and this finds one when PATH has none
from pilotlight_cdk import (  # isort: skip
    BatchTransform,
    DataProcessing,
    Model,
    ModelArtifact,
    ModelImage,
    TransformInput,
    TransformOutput,
    TransformSchedule,
)
from aws_cdk import App, Environment, Stack

app = App()
stack = Stack(app, "Support", env=Environment(region="us-east-1"))
model = Model(
    stack,
    "Tickets",
    image=ModelImage.from_framework("scikit-learn", version="1.4-2"),
    artifact=ModelArtifact.from_directory("examples/models/ticket_intent"),
)
BatchTransform(
    stack,
    "Nightly",
    model=model,
    instance_type="ml.m5.large",
    input=TransformInput(content_type="text/csv", split_type="Line"),
    output=TransformOutput(accept="text/csv", assemble_with="Line"),
    # rows are `number,text`: the model sees the text, the output is `number,intent,confidence`
    data_processing=DataProcessing(input_filter="$[1]", join_source="Input", output_filter="$[0,2:]"),
    schedule=TransformSchedule(at="cron(0 3 * * ? *)", timezone="Europe/Berlin"),
)
app.synth()
