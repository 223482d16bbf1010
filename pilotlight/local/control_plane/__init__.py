"""SageMaker's control plane: models, endpoint configurations and endpoints by API and by CloudFormation."""
