"""Text without a language model: cleaning, paragraphs, sentences, quotations, quantities, money, dates; offsets kept."""
