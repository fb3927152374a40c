"""What is none of the company's business: on a staff's own SIM only threads marked as work are captured."""
