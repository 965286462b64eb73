-- The first read of a page: with a wrong key it is refused here.
SELECT count(*)
FROM sqlite_schema
