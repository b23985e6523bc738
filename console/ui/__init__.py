"""Reusable widgets, theme and delegates that know no use case."""
