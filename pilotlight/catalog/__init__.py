"""Facts about SageMaker as data: each with its source, each written once."""
