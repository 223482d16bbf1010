"""Many tenants' models on an instance with a GPU: whoever publishes an archive adds a model.

Run it in the root of the repository: `cdk synth --app "python examples/multi_model_endpoint/app.py"`.
"""

from __future__ import annotations

# first, because aws_cdk starts Node as soon as it is imported, and this finds one when PATH has none
from pilotlight_cdk import InvocationScaling, Model, ModelImage, MultiModelEndpoint  # isort: skip
from aws_cdk import App, Environment, Stack
from aws_cdk import aws_iam as iam

app = App()
stack = Stack(app, "Search", env=Environment(region="us-east-1"))
image = ModelImage.from_framework("triton", version="26.05", instance_type="ml.g4dn.xlarge")
endpoint = MultiModelEndpoint(
    stack,
    "Embeddings",
    model=Model(stack, "Triton", image=image),
    instance_type="ml.g4dn.xlarge",
    scaling=InvocationScaling(target_per_instance=225, max_capacity=2),
    gpu_memory_percent=80,
)
caller = iam.Role(stack, "Acme", assumed_by=iam.ServicePrincipal("ecs-tasks.amazonaws.com"))
endpoint.grant_invoke(caller, target_models=["acme/*"])
publisher = iam.Role(stack, "Pipeline", assumed_by=iam.ServicePrincipal("codebuild.amazonaws.com"))
endpoint.grant_publish_models(publisher)
app.synth()
