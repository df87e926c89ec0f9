"""Language data from ``assets/``, read once and handed to ``checks`` as plain data."""
