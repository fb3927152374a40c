"""What keeps channel accounts working and complete, though platforms, networks and machines fail."""
