"""`python -m elderlearn`: the same as `elderlearn`."""

from elderlearn.cli import main

if __name__ == "__main__":
    main(prog_name="elderlearn")
