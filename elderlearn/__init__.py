"""elderlearn: community elder learning for a city district."""

import os

# Piccolo finds its engine by this name, whoever imports us: web, worker, command line, tests.
os.environ.setdefault("PICCOLO_CONF", "elderlearn.piccolo_conf")
