// Preloaded into every Node process of a run: to them it is that much later than it is.
const ahead = Number(process.env.CLUSTER_FLEET_TEST_AHEAD_MS);
const realNow = Date.now;
Date.now = () => realNow() + ahead;
globalThis.Date = new Proxy(Date, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [Date.now()] : args, newTarget),
});
