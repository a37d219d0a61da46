"""Text without a language model: cleaning, sentences, quotations, quantities, money, dates; offsets kept."""
