"""The pipeline over archives of tens of millions of documents: shards in, parts out, on all cores or on a cluster."""
