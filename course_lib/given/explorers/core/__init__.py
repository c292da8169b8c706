"""What every explorer is made of: arrays that travel, scripts that are shared, and the learner's own code."""
