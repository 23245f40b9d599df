"""PDF syntax: content streams, object streams, trees, serialisation; independent of leaflets.

pypdf logs what it mends and misses in a file, a line for each object, thousands in a broken one. Our readers say in
words what is wrong with a file, so nothing of that log is shown, in no process that reads PDF files.
"""

import logging

logging.getLogger("pypdf").setLevel(logging.CRITICAL)
