"""`python -m actient` is the command line."""

from actient.cli import main

if __name__ == "__main__":
    main(prog_name="actient")
