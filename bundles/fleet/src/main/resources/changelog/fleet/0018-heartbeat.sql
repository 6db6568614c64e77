--liquibase formatted sql

--changeset slipway:0018-heartbeat
-- A heartbeat changes no column that is in an index, and finds room beside the row that it replaces: then it writes no
-- index at all. Silence is looked for a few times a minute, which may read the whole table.
drop index fleet_server_watched;
alter table fleet_server set (fillfactor = 70);
