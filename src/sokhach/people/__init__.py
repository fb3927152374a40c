"""Staff, teams, roles and sign-in."""
