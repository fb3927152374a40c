"""Channel accounts and the connector protocol; one folder per channel."""
