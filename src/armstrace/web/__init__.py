"""The desk: server-rendered pages and an API over one store."""
