"""A list of colleagues from a file: read, judged line by line, shown, and imported as a whole or not at all."""
