"""How fast the inbox is on a company's store: lists with counts, opening, answering, being told, and painting."""
