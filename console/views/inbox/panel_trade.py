"""Products in the member panel and in her history, as everywhere else."""

from __future__ import annotations

from console.ui.trade_row import TradeRow, below, product_name

__all__ = ["TradeRow", "below", "product_name"]
