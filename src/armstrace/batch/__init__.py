"""The pipeline over more documents than one memory holds, on one machine or many."""
