--liquibase formatted sql

--changeset slipway:0010-node
-- Nodes that say every few seconds that they live: the streams of one that falls silent are gone.
create table fleet_node (
  node uuid primary key,
  seen_at timestamptz not null);
select slipway_platform_table('fleet_node');
