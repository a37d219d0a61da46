"""The API: JSON under ``/api/v1``, a module a resource, all by the same conventions (``routing``, ``answers``)."""
