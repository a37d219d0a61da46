"""Words that the reader knows: parties, arms, transfer words, reporting words. Data in ``data/``, read by ``load``."""
