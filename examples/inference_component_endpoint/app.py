"""Two models share the GPUs of one instance; without requests there are no copies, and then no instance.

Run it in the root of the repository: `cdk synth --app "python examples/inference_component_endpoint/app.py"`.
"""

from __future__ import annotations

# first, because aws_cdk starts Node as soon as it is imported, and this finds one when PATH has none
import pilotlight_cdk as pilotlight  # isort: skip
from aws_cdk import App, Environment, Size, Stack

app = App()
stack = Stack(app, "Writing", env=Environment(region="us-east-1"))
endpoint = pilotlight.InferenceComponentEndpoint(
    stack,
    "Llms",
    instance_type="ml.g5.12xlarge",
    inference_ami_version="al2023-ami-sagemaker-inference-gpu-4-1",  # the image is built for CUDA 13
    scaling=pilotlight.ManagedInstanceScaling(min_instance_count=0, max_instance_count=2),
)
image = pilotlight.ModelImage.from_framework("djl-lmi", version="0.36.0", instance_type="ml.g5.12xlarge")
for name in ("summarizer", "translator"):
    weights = pilotlight.ModelArtifact.from_uri(f"s3://example-weights/{name}/")
    component = endpoint.add_component(
        name,
        model=pilotlight.Model(stack, name, image=image, artifact=weights),
        accelerators=1,
        memory=Size.gibibytes(16),
        scaling=pilotlight.CopyConcurrencyScaling(min_capacity=0, max_capacity=4, target_per_copy=8),
    )
    adapter = pilotlight.ModelArtifact.from_uri(f"s3://example-weights/{name}-legal.tar.gz")
    component.add_adapter("legal", artifact=adapter)
app.synth()
