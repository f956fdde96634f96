"""The post: the one place that sends."""
