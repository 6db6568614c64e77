--liquibase formatted sql
--changeset slipway:0004-stripe
create table billing_checkout (
  id uuid primary key,
  tenant_id uuid not null,
  user_id uuid,
  plan_id uuid,
  plan_name text,
  bundle_id uuid,
  bundle_name text,
  credits bigint not null,
  billing_interval text,
  amount_cents bigint not null,
  currency text not null,
  price text,
  session_id text,
  url text,
  status text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  constraint billing_checkout_one check ((plan_id is null) <> (bundle_id is null)),
  constraint billing_checkout_session unique (session_id),
  constraint billing_checkout_status check (status in ('open', 'completed', 'closed')));
create index billing_checkout_open on billing_checkout (tenant_id) where status = 'open';
create index billing_checkout_age on billing_checkout (expires_at);
select slipway_tenant_table('billing_checkout');

create table billing_stripe_price (
  id text primary key,
  plan_id uuid not null references billing_plan (id) on delete cascade,
  billing_interval text not null,
  amount_cents bigint not null,
  currency text not null,
  created_at timestamptz not null,
  constraint billing_stripe_price_terms unique (plan_id, billing_interval, amount_cents, currency));
select slipway_platform_table('billing_stripe_price');

create table billing_stripe_event (
  id text primary key,
  type text not null,
  object_id text not null,
  received_at timestamptz not null,
  attempts int not null,
  due_at timestamptz,
  outcome text);
comment on column billing_stripe_event.due_at is 'when to work on it; null once that is done';
create index billing_stripe_event_due on billing_stripe_event (due_at) where due_at is not null;
create index billing_stripe_event_age on billing_stripe_event (received_at);
select slipway_platform_table('billing_stripe_event');
