#!/bin/sh
# Run once by the image of PostgreSQL: the role the application works as. It may not change tables;
# what it may do is granted by `elderlearn migrate`.
set -eu
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set ON_ERROR_STOP=1 --set password="$APP_PASSWORD" <<'SQL'
CREATE ROLE elderlearn_app LOGIN PASSWORD :'password';
SQL
