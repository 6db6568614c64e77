-- Apps number bench.first to bench.last of the tenant bench.tenant, each with bench.deployments
-- deployments and what belongs to them: for the benchmark, and for the test of the apps' lists. A
-- hundred apps share a server and a project. The settings are made by: set bench.first = '1'.
create or replace function pg_temp.setting(name text) returns int language sql
  return current_setting('bench.' || name)::int;

insert into fleet_server (id, version, tenant_id, name, status, runtime, created_at, updated_at)
select md5('server' || n)::uuid, 1, current_setting('bench.tenant')::uuid, 'server-' || n, 'online',
  'docker', now(), now()
from generate_series((pg_temp.setting('first') - 1) / 100, (pg_temp.setting('last') - 1) / 100) n;

insert into apps_project (id, version, tenant_id, name, slug, created_at, updated_at)
select md5('project' || n)::uuid, 1, current_setting('bench.tenant')::uuid, 'Project ' || n,
  'project-' || n, now(), now()
from generate_series((pg_temp.setting('first') - 1) / 100, (pg_temp.setting('last') - 1) / 100) n;

insert into apps_app
  (id, version, tenant_id, name, slug, project_id, server_id, source_type, branch, port,
   health_check_path, replicas, status, deploy_asked, created_at, updated_at)
select md5('app' || n)::uuid, 1, current_setting('bench.tenant')::uuid, 'App ' || n, 'app-' || n,
  md5('project' || (n - 1) / 100)::uuid, md5('server' || (n - 1) / 100)::uuid, 'git', 'main', 3000,
  '/', 1, 'running', true, now(), now()
from generate_series(pg_temp.setting('first'), pg_temp.setting('last')) n;

insert into apps_environment
  (id, version, tenant_id, app_id, name, slug, stage, branch, auto_deploy, is_protected, status,
   created_at, updated_at)
select md5('environment' || n || stage)::uuid, 1, current_setting('bench.tenant')::uuid,
  md5('app' || n)::uuid, stage, stage, stage, stage, true, false, 'running', now(), now()
from generate_series(pg_temp.setting('first'), pg_temp.setting('last')) n,
  unnest(array['staging', 'preview']) stage;

-- The newest is live, every tenth failed, the others had their time; every fifth went to staging.
create temp table made as
select n, k, uuidv7((k - pg_temp.setting('deployments')) * interval '1 hour') as id,
  md5('build' || n || '-' || k)::uuid as build_id,
  case when k = pg_temp.setting('deployments') then 'live' when k % 10 = 3 then 'failed'
    else 'superseded' end as status,
  case when k % 5 = 2 then md5('environment' || n || 'staging')::uuid end as environment_id,
  now() + (k - pg_temp.setting('deployments')) * interval '1 hour' as at
from generate_series(pg_temp.setting('first'), pg_temp.setting('last')) n,
  generate_series(1, pg_temp.setting('deployments')) k;

insert into deployments_deployment
  (id, tenant_id, app_id, environment_id, project_id, server_id, status, trigger, branch,
   commit_sha, commit_message, image, error_message, created_at, started_at, live_at, finished_at,
   operation_id, recipe, no_cache, progress_seq, looked_at, approval_state, approvals_required,
   release_name, build_id, intent_id)
select id, current_setting('bench.tenant')::uuid, md5('app' || n)::uuid, environment_id,
  md5('project' || (n - 1) / 100)::uuid, md5('server' || (n - 1) / 100)::uuid, status, 'push',
  'main', md5('commit' || n || '-' || k) || '00000000', 'Change number ' || k,
  'app-' || n || ':' || k, case when status = 'failed' then 'the health check failed' end,
  at, at, case when status <> 'failed' then at end, at, id,
  '{"port": 3000, "health_check_path": "/", "replicas": 1}', false, 9, at, 'none', 0,
  'release-' || n || '-' || k, build_id, case when k % 4 = 0 then id end
from made;

update apps_app set current_deployment_id = made.id
from made where made.status = 'live' and apps_app.id = md5('app' || made.n)::uuid;

insert into deployments_build
  (id, tenant_id, app_id, deployment_id, release_name, commit_sha, branch, framework, runtime,
   base, image, builder, duration_ms, status, created_at)
select build_id, current_setting('bench.tenant')::uuid, md5('app' || n)::uuid, id,
  'release-' || n || '-' || k, md5('commit' || n || '-' || k) || '00000000', 'main',
  '{"name": "node"}', '{"name": "node"}', '{}', 'app-' || n || ':' || k, 'dockerfile', 9000,
  'succeeded', at
from made;

insert into deployments_push
  (id, tenant_id, app_id, delivery, branch, commit_sha, message, changed_paths, outcome,
   deployment_id, created_at)
select id, current_setting('bench.tenant')::uuid, md5('app' || n)::uuid, 'delivery-' || k, 'main',
  md5('commit' || n || '-' || k) || '00000000', 'Change number ' || k, 3, 'deployed', id, at
from made;

insert into deployments_intent
  (id, tenant_id, app_id, deployment_id, branch, trigger, reason, status, created_at, updated_at)
select id, current_setting('bench.tenant')::uuid, md5('app' || n)::uuid, id, 'main', 'push',
  'deployment_in_progress', 'dispatched', at, at
from made where k % 4 = 0;

insert into deployments_diagnostic
  (id, tenant_id, app_id, deployment_id, server_id, rule, category, severity, title, summary,
   evidence, confidence, created_at)
select id, current_setting('bench.tenant')::uuid, md5('app' || n)::uuid, id,
  md5('server' || (n - 1) / 100)::uuid, 'health', 'health_check', 'error', 'No answer',
  'The app did not answer in time.', '[]', 0.8, at
from made where status = 'failed';

insert into deployments_step
  (id, tenant_id, run_id, position, kind, server_id, status, attempt, started_at, finished_at)
select gen_random_uuid(), current_setting('bench.tenant')::uuid, id, step.position, step.kind,
  md5('server' || (n - 1) / 100)::uuid, 'succeeded', 1, at, at
from made, unnest(array['clone', 'build', 'deploy', 'health', 'route'])
  with ordinality step (kind, position);

insert into deployments_health_score
  (id, tenant_id, app_id, score, verdict, components, sample_window_seconds, computed_at)
select id, current_setting('bench.tenant')::uuid, md5('app' || n)::uuid, 100, 'healthy', '[]', 300,
  at
from made where status = 'live';

insert into deployments_preview
  (id, tenant_id, app_id, environment_id, pull_request_number, branch, commit_sha, fork, secrets,
   created_at, updated_at, expires_at)
select md5('preview' || n)::uuid, current_setting('bench.tenant')::uuid, md5('app' || n)::uuid,
  md5('environment' || n || 'preview')::uuid, 1, 'change', md5('commit' || n) || '00000000', false,
  true, now(), now(), now() + interval '7 days'
from generate_series(pg_temp.setting('first'), pg_temp.setting('last')) n;

insert into apps_release_hook (id, version, tenant_id, commands, timeout_seconds, updated_at)
select md5('app' || n)::uuid, 1, current_setting('bench.tenant')::uuid, '["bin/migrate"]', 300, now()
from generate_series(pg_temp.setting('first'), pg_temp.setting('last')) n;

insert into apps_process
  (id, tenant_id, app_id, name, command, replicas, created_at, updated_at)
select md5('process' || n || name)::uuid, current_setting('bench.tenant')::uuid,
  md5('app' || n)::uuid, name, 'bin/' || name, 1, now(), now()
from generate_series(pg_temp.setting('first'), pg_temp.setting('last')) n,
  unnest(array['clock', 'worker']) name;

insert into deployments_kept_volume
  (id, tenant_id, server_id, kind, name, app_id, app_slug, volume, deleted, kept_at)
select md5('kept' || n)::uuid, current_setting('bench.tenant')::uuid,
  md5('server' || (n - 1) / 100)::uuid, 'volume', 'app-' || n || '-files', md5('app' || n)::uuid,
  'app-' || n, 'files', 'volume', now()
from generate_series(pg_temp.setting('first'), pg_temp.setting('last')) n;

drop table made;

analyze;
