--liquibase formatted sql
--changeset slipway:0001-user
create table accounts_user (
  id uuid primary key,
  email text not null,
  email_key text not null,
  display_name text not null,
  email_verified boolean not null,
  active boolean not null,
  auth_methods jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  last_login_at timestamptz,
  constraint accounts_user_email unique (email_key)
);
comment on column accounts_user.email_key is 'the address in lower case';
select slipway_platform_table('accounts_user');

-- Apart from the user, so that no query for a profile ever touches a hash.
create table accounts_credential (
  id uuid primary key references accounts_user (id) on delete cascade,
  password_hash text not null,
  failed_logins int not null default 0,
  locked_until timestamptz
);
comment on column accounts_credential.id is 'the user';
select slipway_platform_table('accounts_credential');
