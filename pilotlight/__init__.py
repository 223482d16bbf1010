"""Everything of Pilotlight that needs no CDK: facts, the fleet spec, the behaviour of hosting, the embedded AWS."""
