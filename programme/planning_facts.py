"""What happened while months were planned, in the past tense: as in `programme.facts`."""
