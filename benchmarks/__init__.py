"""How fast the parts are, each measured beside the barest way of doing the same: `make bench`."""
