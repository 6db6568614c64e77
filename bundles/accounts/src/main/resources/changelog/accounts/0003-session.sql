--liquibase formatted sql
--changeset slipway:0003-session
create table accounts_session (
  id uuid primary key,
  user_id uuid not null references accounts_user (id) on delete cascade,
  remote_address text not null,
  created_at timestamptz not null,
  last_active_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
comment on table accounts_session is 'a login; its id is the family of all refresh tokens that come from it';
create index accounts_session_user on accounts_session (user_id);
create index accounts_session_expiry on accounts_session (expires_at);
select slipway_platform_table('accounts_session');

create table accounts_refresh_token (
  id uuid primary key,
  session_id uuid not null references accounts_session (id) on delete cascade,
  token_hash text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint accounts_refresh_token_hash unique (token_hash)
);
create index accounts_refresh_token_session on accounts_refresh_token (session_id);
create index accounts_refresh_token_expiry on accounts_refresh_token (expires_at);
select slipway_platform_table('accounts_refresh_token');
