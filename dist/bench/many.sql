-- 1,000 tenants with 50 members each and 100,000 rows of what happened: for the benchmark, and for
-- the test of the operators' lists. Everyone has the password of the one user that is there before.
insert into accounts_tenant (id, name, slug, root, active, created_at, updated_at)
select md5('tenant' || n)::uuid, 'Tenant ' || n, 'tenant-' || n, false, true, now(), now()
from generate_series(1, 1000) n;

insert into accounts_user
  (id, email, email_key, display_name, email_verified, active, auth_methods, created_at, updated_at)
select md5('user' || n)::uuid, 'user' || n || '@example.com', 'user' || n || '@example.com',
  'User ' || n, true, true, '["password"]', now(), now()
from generate_series(1, 50000) n;

insert into accounts_credential (id, password_hash)
select md5('user' || n)::uuid, known.password_hash
from generate_series(1, 50000) n, (select password_hash from accounts_credential limit 1) known;

insert into accounts_membership (id, tenant_id, user_id, role, joined_at)
select md5('member' || n)::uuid, md5('tenant' || (n - 1) / 50 + 1)::uuid, md5('user' || n)::uuid,
  case when n % 50 = 1 then 'owner' else 'user' end, now()
from generate_series(1, 50000) n;

insert into billing_account
  (id, version, tenant_id, plan_id, billing_waived, subscription_credits, purchased_credits,
   billing_status, credit_cycle, cycle_credits, created_at, updated_at)
select t.id, 1, t.id, p.id, false, 0, 0, 'none', 0, 0, now(), now()
from accounts_tenant t, billing_plan p
where p.is_system and not exists (select 1 from billing_account a where a.id = t.id);

insert into billing_transaction
  (id, tenant_id, type, description, amount_cents, subtotal_cents, tax_amount_cents, currency,
   invoice_number, document, created_at)
select uuidv7(), md5('tenant' || n % 1000 + 1)::uuid, 'subscription', 'Subscription ' || n, 4900,
  4900, 0, 'USD', 'LOAD-' || n, '{"customer": [], "tax_id": "", "lines": [], "taxes": []}',
  now() - n * interval '1 minute'
from generate_series(1, 100000) n;

insert into admin_log
  (id, severity, category, message, user_id, tenant_id, created_at)
select uuidv7(), (array['critical', 'high', 'medium', 'low', 'debug'])[n % 5 + 1], 'tenant',
  'User ' || n || ' did something', md5('user' || n % 50000 + 1)::uuid,
  md5('tenant' || n % 1000 + 1)::uuid, now()
from generate_series(1, 100000) n;

insert into security_audit (id, at, action, tenant_id, user_id, actor, outcome)
select uuidv7(), now() - interval '1 hour', 'load.thing.create', md5('tenant' || n % 1000 + 1)::uuid,
  md5('user' || n % 50000 + 1)::uuid, 'user' || n || '@example.com', 'ok'
from generate_series(1, 100000) n;

-- Before the chain, so that it goes on as it was.
insert into security_audit_seal (position, audit_id, hash)
select -row_number() over (), id, 'loaded' from security_audit where action = 'load.thing.create';

-- Behind every cursor: nobody has to hear of it.
insert into events_event (id, txid, tenant_id, type, subject_id, data)
select uuidv7(), '3', md5('tenant' || n % 1000 + 1)::uuid, 'load.thing.created', uuidv7(), '{}'
from generate_series(1, 100000) n;

insert into webhooks_delivery
  (id, tenant_id, endpoint_id, message_id, event_type, payload, status, test, response_code,
   response_body, duration_ms, retry_count, max_retries, attempts, created_at, finished_at)
select uuidv7(), e.tenant_id, e.id, uuidv7(), 'user.registered', '{}', 'succeeded', false, 200, '',
  5, 0, 3, '[]', now(), now()
from webhooks_endpoint e, generate_series(1, 100000) n
where e.family = 'admin';

analyze;
