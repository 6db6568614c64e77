// Rolls an app back when it fails soon after a release; later it restarts it once, then calls people.

const FRESH = 30 * 60 * 1000;

/** @type {slipway.RemediationAction} */
export default async ({ reason, subject, attempt = 1, context }, api) => {
  if (subject.kind !== 'app' || reason.severity !== 'critical') return { outcome: 'nothing-to-do' };
  const releasedAt = Date.parse(context?.released_at ?? '');
  if (api.now().getTime() - releasedAt < FRESH) {
    const { deployment_id } = await api.actions.rollback(subject.id, {
      reason: `${reason.name ?? reason.type} soon after the release`,
    });
    return { outcome: 'done', message: `rolled back by deployment ${deployment_id}` };
  }
  if (attempt > 1) return { outcome: 'escalate', message: 'a restart did not help' };
  await api.actions.restart(subject.id);
  return { outcome: 'done', message: 'restarted' };
};
