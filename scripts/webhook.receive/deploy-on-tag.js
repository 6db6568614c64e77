// Deploys an app when GitLab tells of a new tag. In GitLab: tag push events, this script's address,
// and as secret token what the script has as the secret GITLAB_TOKEN.

const APPS = { 'group/shop': '0190b7a0-0000-7000-8000-000000000002' };

/** @type {slipway.WebhookReceive} */
export default async ({ headers, body }, api) => {
  if (headers['x-gitlab-token'] !== (await api.secret('GITLAB_TOKEN'))) {
    throw new Error('not from our GitLab');
  }
  const app = APPS[body?.project?.path_with_namespace];
  const deleted = /^0+$/.test(body?.checkout_sha ?? '0');
  if (body?.object_kind !== 'tag_push' || deleted || app === undefined) return 'ignored';
  const tag = body.ref.replace('refs/tags/', '');
  await api.actions.deploy(app, { commit: body.checkout_sha, message: `tag ${tag}` });
  return `deployed ${tag}`;
};
