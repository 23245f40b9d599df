"""Build the leaflets of this checkout: `python generate.py --help`."""

import sys

from leaflets.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
