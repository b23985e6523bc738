"""What tests, soak and bench share; speaks only the protocol."""
