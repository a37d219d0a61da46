"""An optional reader: a language model behind any OpenAI-compatible endpoint, each of its words checked."""
