"""Whose a customer is: moving, claiming, assigning, sharing, and the ledger of it."""
