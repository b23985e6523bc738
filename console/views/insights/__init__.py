"""The shop's figures; ``InsightsScreen`` puts its parts together."""

from console.views.insights.screen import InsightsScreen

__all__ = ["InsightsScreen"]
