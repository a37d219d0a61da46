"""What a desk tells of itself while it serves: a line and a count for each request, its health, its metrics."""
