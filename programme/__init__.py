"""The ground floor: what the audit programme decides, as plain Python that imports nothing of ours."""
