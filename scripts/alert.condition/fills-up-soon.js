// Fires when a value that grows, such as a disk's use in percent, will reach FULL within HOURS.

const FULL = 100;
const HOURS = 24;

/** @type {slipway.AlertCondition} */
export default async ({ series }) => {
  const soon = series
    .map(({ labels, points }) => ({ labels, points, hours: hoursLeft(points) }))
    .filter(({ hours }) => hours <= HOURS)
    .sort((a, b) => a.hours - b.hours);
  if (soon.length === 0) return { firing: false };
  const [first] = soon;
  return {
    firing: true,
    value: first.points.at(-1)[1],
    message: `full in about ${Math.round(first.hours)} h`,
    labels: first.labels,
  };
};

/** Hours until FULL by the straight line that fits the points best. */
function hoursLeft(points) {
  if (points.length < 2) return Infinity;
  const last = points.at(-1);
  const mean = index => points.reduce((sum, point) => sum + point[index], 0) / points.length;
  const [time, value] = [mean(0), mean(1)];
  let above = 0;
  let below = 0;
  for (const [t, v] of points) {
    above += (t - time) * (v - value);
    below += (t - time) ** 2;
  }
  const perSecond = below === 0 ? 0 : above / below;
  if (last[1] >= FULL) return 0;
  return perSecond > 0 ? (FULL - last[1]) / perSecond / 3600 : Infinity;
}
