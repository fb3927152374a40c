"""`python -m sokhach` is `sokhach`."""

from sokhach.cli import main

if __name__ == "__main__":
    main()
