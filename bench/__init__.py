"""Performance figures beside floors measured in the same run; printed, never asserted in tests."""
