"""Everything of Pilotlight that needs no CDK: facts, the fleet spec, hosting, the embedded AWS."""
