"""The console's side of the wire: link, outbox and replica."""
