--liquibase formatted sql
--changeset slipway:0003-ledger splitStatements:false
create table billing_transaction (
  id uuid primary key,
  tenant_id uuid not null,
  user_id uuid,
  type text not null,
  description text not null,
  amount_cents bigint not null,
  subtotal_cents bigint not null,
  tax_amount_cents bigint not null,
  currency text not null,
  invoice_number text not null,
  plan_id uuid,
  plan_name text,
  bundle_id uuid,
  bundle_name text,
  billing_interval text,
  stripe_session_id text,
  stripe_invoice_id text,
  document jsonb not null,
  created_at timestamptz not null,
  constraint billing_transaction_number unique (invoice_number),
  constraint billing_transaction_session unique (stripe_session_id),
  constraint billing_transaction_invoice unique (stripe_invoice_id),
  constraint billing_transaction_type check (type in ('subscription', 'credit_purchase', 'refund')),
  constraint billing_transaction_sum check (amount_cents = subtotal_cents + tax_amount_cents));
comment on column billing_transaction.document is
  'what the invoice says of customer, lines and taxes, as it was when it was made';
create index billing_transaction_tenant on billing_transaction (tenant_id, created_at desc, id desc);
create index billing_transaction_time on billing_transaction (created_at desc, id desc);
select slipway_tenant_table('billing_transaction');

-- One row: whoever takes a number holds it until the transaction that uses it ends, so that none is lost.
create table billing_invoice_number (
  single boolean primary key default true check (single),
  last bigint not null);
insert into billing_invoice_number (last) values (0);
select slipway_platform_table('billing_invoice_number');

create function billing_append_only() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;

-- Rights keep the platform's roles from changing what happened, the triggers its owner too.
do $$
declare t text;
begin
  foreach t in array array['billing_transaction', 'billing_credit_movement'] loop
    execute format('revoke update, delete on %I from %I, %I',
      t, slipway_tenant_role(), slipway_platform_role());
    execute format('create trigger append_only before update or delete on %I'
      ' for each row execute function billing_append_only()', t);
    execute format('create trigger append_only_table before truncate on %I'
      ' for each statement execute function billing_append_only()', t);
  end loop;
end $$;
