"""What brings fleets and models into an account, and takes them out again."""
