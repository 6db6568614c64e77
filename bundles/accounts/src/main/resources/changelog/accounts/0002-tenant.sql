--liquibase formatted sql
--changeset slipway:0002-tenant
create table accounts_tenant (
  id uuid primary key,
  name text not null,
  slug text not null,
  root boolean not null,
  active boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint accounts_tenant_slug unique (slug)
);
-- Two nodes that start at once can not both make the root tenant.
create unique index accounts_tenant_root on accounts_tenant (root) where root;
select slipway_platform_table('accounts_tenant');

create table accounts_membership (
  id uuid primary key,
  tenant_id uuid not null references accounts_tenant (id) on delete cascade,
  user_id uuid not null references accounts_user (id) on delete cascade,
  role text not null,
  joined_at timestamptz not null,
  constraint accounts_membership_user unique (user_id, tenant_id),
  constraint accounts_membership_role check (role in ('owner', 'admin', 'user'))
);
create index accounts_membership_tenant on accounts_membership (tenant_id, joined_at, id);
create unique index accounts_membership_owner on accounts_membership (tenant_id)
  where role = 'owner';
select slipway_platform_table('accounts_membership');

create table accounts_invitation (
  id uuid primary key,
  tenant_id uuid not null references accounts_tenant (id) on delete cascade,
  email text not null,
  email_key text not null,
  role text not null,
  token_hash text not null,
  status text not null,
  invited_by uuid not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  constraint accounts_invitation_token unique (token_hash),
  constraint accounts_invitation_role check (role in ('admin', 'user')),
  constraint accounts_invitation_status check (status in ('pending', 'accepted'))
);
create unique index accounts_invitation_pending on accounts_invitation (tenant_id, email_key)
  where status = 'pending';
select slipway_platform_table('accounts_invitation');
