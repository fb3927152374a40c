"""The OA OpenAPI, a module for each subject."""
