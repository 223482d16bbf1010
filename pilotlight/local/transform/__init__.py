"""Transform jobs: what the API keeps of them, and what runs them."""
