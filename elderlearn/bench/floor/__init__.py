"""The floors: bare Litestar routes, one raw asyncpg statement each, no sign-in, no rules, nothing checked."""
