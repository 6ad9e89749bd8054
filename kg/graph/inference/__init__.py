"""What follows from what articles state: the rules, and the graphs that are derived by them."""
