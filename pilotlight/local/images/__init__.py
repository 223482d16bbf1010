"""Container images without Docker: what the embedded AWS makes of a directory with a Dockerfile."""
