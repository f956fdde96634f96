"""What happens by itself: the clock that wakes, the sweeps that look, and the postman who sends."""
