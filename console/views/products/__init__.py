"""The catalogue: found, edited in a table, counted, imported."""

from __future__ import annotations

from console.views.products.screen import ProductsScreen

__all__ = ["ProductsScreen"]
