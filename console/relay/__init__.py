"""The server that commits commands and feeds every connected reader."""
