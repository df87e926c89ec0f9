"""Documents that are no post: the ledger, the consent form."""
