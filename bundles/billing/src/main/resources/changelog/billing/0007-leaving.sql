--liquibase formatted sql
--changeset slipway:0007-leaving
create table billing_leaving (
  tenant_id uuid primary key,
  since timestamptz not null);
comment on table billing_leaving is 'deleted tenants whose account is to be closed, however long Stripe takes';
select slipway_platform_table('billing_leaving');
