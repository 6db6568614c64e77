--liquibase formatted sql
--changeset slipway:0001-plan splitStatements:false
create table billing_plan (
  id uuid primary key,
  version int not null,
  name text not null,
  description text not null,
  monthly_price_cents bigint not null,
  annual_discount_pct int not null,
  usage_credits_per_month bigint not null,
  credit_reset_policy text not null,
  bonus_credits bigint not null,
  user_limit int not null,
  entitlements jsonb not null,
  is_system boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint billing_plan_price check (monthly_price_cents >= 0),
  constraint billing_plan_discount check (annual_discount_pct between 0 and 100),
  constraint billing_plan_credits check (usage_credits_per_month >= 0 and bonus_credits >= 0),
  constraint billing_plan_users check (user_limit >= 0),
  constraint billing_plan_policy check (credit_reset_policy in ('reset', 'accrue')));
create unique index billing_plan_name on billing_plan (lower(name));
select slipway_platform_table('billing_plan');

-- Every tenant is on it until it chooses another; it can be edited, but neither renamed nor removed.
insert into billing_plan values ('01900000-0000-7000-8000-000000000001', 1, 'Free', 'To begin with.',
  0, 0, 0, 'reset', 0, 0, '{}', true, now(), now());

create table billing_bundle (
  id uuid primary key,
  version int not null,
  name text not null,
  credits bigint not null,
  price_cents bigint not null,
  is_active boolean not null,
  sort_order int not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint billing_bundle_positive check (credits > 0 and price_cents > 0));
create unique index billing_bundle_name on billing_bundle (lower(name));
select slipway_platform_table('billing_bundle');

-- What is on offer is for every tenant to see.
do $$
begin
  execute format('grant select on billing_plan, billing_bundle to %I', slipway_tenant_role());
end $$;
