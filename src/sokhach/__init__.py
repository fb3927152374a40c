"""Sổ Khách: the customer book of a business that sells and serves over Zalo."""
