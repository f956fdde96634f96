"""What is drawn: pure functions from what is true to what Slack shows."""
