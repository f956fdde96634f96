"""The Slack door: what people type and press, and the words of every message. Slack is known here only."""
