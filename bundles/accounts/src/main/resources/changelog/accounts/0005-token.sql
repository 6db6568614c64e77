--liquibase formatted sql
--changeset slipway:0005-token
alter table accounts_api_key add column last_used_at timestamptz;

-- Secrets that were mailed: each is good for one thing, once.
create table accounts_token (
  id uuid primary key,
  user_id uuid not null references accounts_user (id) on delete cascade,
  purpose text not null,
  token_hash text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  constraint accounts_token_hash unique (token_hash),
  constraint accounts_token_purpose check (purpose in ('verify', 'reset'))
);
create index accounts_token_user on accounts_token (user_id, purpose);
create index accounts_token_expiry on accounts_token (expires_at);
select slipway_platform_table('accounts_token');

-- What was asked for, by the hash of the address, whether or not anybody has it.
create table accounts_request (
  id uuid primary key,
  purpose text not null,
  email_hash text not null,
  asked_at timestamptz not null,
  constraint accounts_request_purpose check (purpose in ('verify', 'reset'))
);
create index accounts_request_email on accounts_request (email_hash, purpose, asked_at);
create index accounts_request_age on accounts_request (asked_at);
select slipway_platform_table('accounts_request');

alter table accounts_session add column user_agent text;
create index accounts_session_activity on accounts_session (last_active_at);
create index accounts_invitation_email on accounts_invitation (email_key) where status = 'pending';

create table accounts_message (
  id uuid primary key,
  user_id uuid not null references accounts_user (id) on delete cascade,
  type text not null,
  title text not null,
  body text not null,
  read boolean not null,
  created_at timestamptz not null
);
create index accounts_message_user on accounts_message (user_id, created_at desc, id desc);
create index accounts_message_unread on accounts_message (user_id) where not read;
select slipway_platform_table('accounts_message');
