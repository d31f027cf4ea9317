"""`python -m yuebao` is `yuebao`."""

from yuebao.cli import main

if __name__ == "__main__":
    main()
