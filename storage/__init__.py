"""Keeps the record and finds things in it. The only room that knows SQL."""
