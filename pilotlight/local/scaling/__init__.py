"""Application Auto Scaling and alarms: `pilotlight.hosting` driven by the scaled clock."""
