"""Photos and other media made safe and small, without network or screen."""
