"""What keeps an account one person's: links, second factors, devices, API tokens."""
