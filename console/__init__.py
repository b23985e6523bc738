"""Hanger 衣架: a clothing shop's console, its relay and its sample shop."""

__version__ = "0.1.0"
