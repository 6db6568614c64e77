--liquibase formatted sql
--changeset slipway:0002-account
create table billing_account (
  id uuid primary key,
  version int not null,
  tenant_id uuid not null,
  plan_id uuid references billing_plan (id),
  billing_waived boolean not null,
  subscription_credits bigint not null,
  purchased_credits bigint not null,
  stripe_customer_id text,
  stripe_subscription_id text,
  subscription_read_at timestamptz,
  billing_status text not null,
  billing_interval text,
  current_period_end timestamptz,
  canceled_at timestamptz,
  credit_anchor timestamptz,
  credit_cycle int not null,
  cycle_credits bigint not null,
  next_credit_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint billing_account_tenant check (id = tenant_id),
  constraint billing_account_customer unique (stripe_customer_id),
  constraint billing_account_status check (billing_status in ('none', 'active', 'past_due', 'canceled')),
  constraint billing_account_interval check (billing_interval in ('month', 'year')));
comment on column billing_account.id is 'the tenant';
comment on column billing_account.subscription_read_at is
  'when the subscription as it stands here was asked for; an answer asked for earlier is out of date';
comment on column billing_account.cycle_credits is 'what the present cycle has brought already';
create index billing_account_plan on billing_account (plan_id);
create index billing_account_credits on billing_account (next_credit_at);
select slipway_tenant_table('billing_account');

create table billing_credit_movement (
  id uuid primary key,
  tenant_id uuid not null,
  pool text not null,
  amount bigint not null,
  balance bigint not null,
  reference text not null,
  created_at timestamptz not null,
  constraint billing_credit_movement_pool check (pool in ('subscription', 'purchased')),
  constraint billing_credit_movement_once unique (tenant_id, reference));
comment on column billing_credit_movement.reference is 'what it was for; nothing brings credits twice';
select slipway_tenant_table('billing_credit_movement');
