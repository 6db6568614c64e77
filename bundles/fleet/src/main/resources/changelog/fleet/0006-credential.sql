--liquibase formatted sql

--changeset slipway:0006-credential
-- Counted up whenever all credentials become void, so that access tokens issued before are void too.
alter table fleet_server
  add column credential_epoch int not null default 0,
  -- What the operation on it waits for.
  add column operation_wants text;
create index fleet_server_bootstrap on fleet_server (bootstrap_key_hash) where bootstrap_key_hash is not null;

-- Refresh tokens of agents, by the SHA-256 of the token in hex. One that was used stays, so that a second use shows.
create table fleet_refresh_token (
  hash text primary key,
  tenant_id uuid not null,
  server_id uuid not null,
  chain_id uuid not null,
  used_at timestamptz,
  created_at timestamptz not null);
create index fleet_refresh_token_server on fleet_refresh_token (server_id);
create index fleet_refresh_token_old on fleet_refresh_token (created_at);
select slipway_tenant_table('fleet_refresh_token');
insert into fleet_refresh_token (hash, tenant_id, server_id, chain_id, created_at)
  select refresh_token_hash, tenant_id, id, id, now() from fleet_server where coalesce(refresh_token_hash, '') <> '';
alter table fleet_server drop column refresh_token_hash;

-- Attempts that are limited by time: trades of install tokens by operator, recoveries by machine.
create table fleet_attempt (
  what text not null,
  subject text not null,
  at timestamptz not null);
create index fleet_attempt_subject on fleet_attempt (what, subject, at);
create index fleet_attempt_old on fleet_attempt (at);
select slipway_platform_table('fleet_attempt');

-- Install tokens that are good for one registration, once they were used.
create table fleet_used_token (
  id uuid primary key,
  expires_at timestamptz not null);
select slipway_platform_table('fleet_used_token');
