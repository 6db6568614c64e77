--liquibase formatted sql
--changeset slipway:0007-oidc
-- Who an issuer says a user is; an address alone never signs anybody in.
create table accounts_identity (
  id uuid primary key,
  user_id uuid not null references accounts_user (id) on delete cascade,
  issuer text not null,
  subject text not null,
  created_at timestamptz not null,
  constraint accounts_identity_subject unique (issuer, subject)
);
create index accounts_identity_user on accounts_identity (user_id);
select slipway_platform_table('accounts_identity');

-- Sign-ins that have gone to the issuer and not come back yet.
create table accounts_oidc_state (
  id uuid primary key,
  state_hash text not null,
  nonce text not null,
  verifier text not null,
  expires_at timestamptz not null,
  constraint accounts_oidc_state_hash unique (state_hash)
);
comment on column accounts_oidc_state.verifier is 'sealed';
create index accounts_oidc_state_expiry on accounts_oidc_state (expires_at);
select slipway_platform_table('accounts_oidc_state');
