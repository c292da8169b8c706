"""Measured side by side with peers: ratios of speed, accuracies over seeds, submissions a second."""
