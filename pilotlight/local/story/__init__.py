"""The story that `make local` tells: both fleets deployed, used, broken, mended and destroyed."""
