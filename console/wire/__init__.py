"""What relay and clients say to each other: commands, frames, codec and sessions."""
