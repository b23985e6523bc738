"""Tables and every query on them, for the relay and for a replica."""
