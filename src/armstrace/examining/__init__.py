"""Whether an installation and its store are sound, and what to do where they are not. Changes nothing."""
