"""The shop's rules as pure functions and values, standard library only."""
