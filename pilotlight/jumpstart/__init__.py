"""Writes jumpstart.lock.json: what JumpStart's models are made of, looked up once and reviewed like code."""
