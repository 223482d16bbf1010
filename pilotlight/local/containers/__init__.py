"""Containers as processes of this machine that speak SageMaker's container contract."""
