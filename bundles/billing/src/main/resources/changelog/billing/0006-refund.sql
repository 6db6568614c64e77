--liquibase formatted sql
--changeset slipway:0006-refund
alter table billing_transaction
  add refund_of uuid references billing_transaction (id),
  add stripe_refund_id text,
  add constraint billing_transaction_refund unique (stripe_refund_id),
  add constraint billing_transaction_refund_whole check ((refund_of is null) = (stripe_refund_id is null));
comment on column billing_transaction.refund_of is 'the payment that was given back, in part or in whole';
comment on column billing_transaction.stripe_refund_id is
  'Stripe''s refund; with "/failed" behind it where the money did not arrive and came back';
create index billing_transaction_refunds on billing_transaction (refund_of) where refund_of is not null;

--changeset slipway:0006-keep
select slipway_keep_table('billing_account', 'removed once the subscription at Stripe has ended');
select slipway_keep_table('billing_checkout', 'what is paid late has to be entered; removed when it is old');
select slipway_keep_table('billing_recurring', 'business metrics look back a year');
