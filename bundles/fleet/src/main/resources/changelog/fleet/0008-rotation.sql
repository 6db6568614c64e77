--liquibase formatted sql

--changeset slipway:0008-rotation
-- A secret that is on its way to an agent opens beside the one before until it is seen for the first time.
alter table fleet_server
  add column agent_secret_at timestamptz,
  add column next_secret_hash text,
  add column next_secret_at timestamptz;
create index fleet_server_old_secret on fleet_server (coalesce(agent_secret_at, created_at))
  where agent_secret_hash is not null and status <> 'deleted';

--changeset slipway:0008-update-key
-- The key that agents' programs are signed with: the public half in X.509, the private one in PKCS #8 and sealed.
create table fleet_update_key (
  one boolean primary key default true check (one),
  public_key text not null,
  sealed text not null);
select slipway_platform_table('fleet_update_key');
