"""One use case a file: turns, intake, delivery, receipts, retention."""
