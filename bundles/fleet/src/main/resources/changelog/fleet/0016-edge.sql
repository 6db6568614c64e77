--liquibase formatted sql
--changeset slipway:0016-edge
-- Whether the server's edge can divide the requests of one route among several containers.
alter table fleet_server add column weighted_routes boolean not null default false;
-- Who answered; null where the agent does not tell.
alter table fleet_route_sample add column container_name text;
