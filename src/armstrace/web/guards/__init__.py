"""What stands before every route: which hosts, how much, and what a browser may do with an answer."""
