--liquibase formatted sql
--changeset slipway:0003-execution-event
-- What the script was given, so that it can be run on it again; null where it was too large to keep.
alter table scripts_execution add column event text;
