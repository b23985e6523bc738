"""Campaigns: the list of them, and the one page on which one is composed and followed."""

from console.views.campaigns.screen import CampaignsScreen

__all__ = ["CampaignsScreen"]
