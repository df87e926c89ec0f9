"""The list of stories: search, filters, order, cards."""
