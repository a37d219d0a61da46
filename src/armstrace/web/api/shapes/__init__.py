"""The shapes of what the API gives and takes, key by key: the OpenAPI document is made of them."""
