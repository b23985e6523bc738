"""The sample shop 时光衣橱 and its simulated members."""
