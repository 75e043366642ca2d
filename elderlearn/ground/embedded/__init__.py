"""Our own PostgreSQL and Valkey on one machine: the real servers, started by the first who needs them.

`held(data)` is the whole door: while the block runs both servers answer, whoever else comes or goes.
"""

from elderlearn.ground.embedded.servers import Servers, held, reset

__all__ = ["Servers", "held", "reset"]
