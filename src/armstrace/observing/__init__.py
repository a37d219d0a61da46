"""What a process tells of itself while it works: events as lines of a log, figures as metrics."""
