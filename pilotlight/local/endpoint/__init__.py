"""One running endpoint: its instances, its containers, its queue of requests."""
