import { expect, test } from "@jest/globals";
import { checkNames } from "./check-names.ts";

const KNOWN = {
  metrics: ["specimen.outbox.depth"],
  dimensions: ["sink"],
  attributes: ["specimen.job"],
  events: ["job-done", "job-failed"],
  details: ["event", "job", "code"],
  jobs: ["audit-relay"],
  codes: ["audit-unavailable"],
};

test.each([
  'AppMetrics | where Name == "specimen.outbox.depth" and tostring(Properties.sink) == "outbox"',
  'AppRequests | where isempty(Properties["specimen.job"]) and Properties["Service Type"] == "API Management"',
  'AppTraces | where tostring(line.event) == "job-done" and tostring(line.job) == "audit-relay"',
  'AppTraces | where event in ("job-done", "job-failed") and tostring(line.code) != "audit-unavailable"',
])("%s names what there is", (query) => {
  expect(checkNames(query, KNOWN)).toEqual([]);
});

test.each([
  ['AppMetrics | where Name == "specimen.outbox.deep"', "specimen.outbox.deep is none of the metrics"],
  ['AppMetrics | where Name in ("specimen.outbox.depth", "specimen.x")', "specimen.x is none of the metrics"],
  ['AppMetrics | where tostring(Properties.snik) == "outbox"', "snik is none of the dimensions"],
  ['AppRequests | where isempty(Properties["specimen.jbo"])', "specimen.jbo is none of the attributes"],
  ['AppRequests | where Properties["ServiceType"] == "a"', "ServiceType is none of the attributes"],
  ['AppTraces | where event == "job-dun"', "job-dun is none of the events"],
  ['AppTraces | where tostring(line.event) in ("job-done", "x")', "x is none of the events"],
  ['AppTraces | where tostring(line.evnt) == "job-done"', "evnt is none of the details"],
  ['AppTraces | where tostring(line.job) == "audit-reley"', "audit-reley is none of the jobs"],
  ['FunctionAppLogs | where job in ("audit-relay", "y")', "y is none of the jobs"],
  ['AppTraces | where tostring(line.code) == "audit-gone"', "audit-gone is none of the codes"],
])("%s is refused", (query, fault) => {
  expect(checkNames(query, KNOWN)).toEqual([fault]);
});
