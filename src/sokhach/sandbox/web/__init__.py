"""Zalo Web, simulated: sign-in by QR, encrypted calls, the socket, and what happens on a personal account."""
