--liquibase formatted sql
--changeset slipway:0010-sign-in-token
-- Between a provider's word and the code of the second factor.
alter table accounts_token
  drop constraint accounts_token_purpose,
  add constraint accounts_token_purpose check (purpose in ('verify', 'reset', 'sign_in'));
