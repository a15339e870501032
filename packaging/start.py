"""Where the frozen app starts."""

import sys

from tchat_desktop.__main__ import main

sys.exit(main())
