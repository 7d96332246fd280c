"""Where the built program begins."""

import sys

from coach.__main__ import main

sys.exit(main())
