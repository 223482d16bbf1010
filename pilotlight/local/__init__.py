"""The embedded AWS: what a deployed fleet does, on this machine, without an account."""
