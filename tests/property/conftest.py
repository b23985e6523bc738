"""Property tests against a real relay borrow the process of the end-to-end tests."""

from __future__ import annotations

from tests.e2e.conftest import phone, relay_process, shop, shops_relay, start_relay

__all__ = ["phone", "relay_process", "shop", "shops_relay", "start_relay"]
