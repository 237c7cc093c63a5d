export {
  calendar,
  calendarData,
  calendarFile,
  DATA_MAX_AGE_DAYS,
  distributionOf,
  DISTRIBUTIONS,
  type Calendar,
  type CalendarFile,
  type Distribution,
  type MinorSupport,
} from "./calendar";
export { compareVersions, minorOf, minorsBetween, stepBetween, type Step } from "./version";
export { newestPatch, supportOf, upgradePath, type Support, type SupportStatus } from "./support";
export { monthlyControlPlaneCost, supportCost } from "./support-cost";
export { versionOverridesSchema, type VersionOverrides } from "./overrides";
export {
  CAAPH,
  CAPA,
  CLUSTER_API,
  KUBECTL_IMAGE,
  clusterApiOfRancher,
  compatibleSet,
  makesWorkload,
  workloadRange,
  type CompatibilityProblem,
  type VersionSet,
} from "./compatibility";
export {
  calendarText,
  refreshCalendar,
  type CalendarChange,
  type PublishedMinor,
  type PublishedSupport,
} from "./refresh";
