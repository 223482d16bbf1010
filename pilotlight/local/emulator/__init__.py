"""What SageMaker and Application Auto Scaling add to the AWS emulator, behind one adapter."""
