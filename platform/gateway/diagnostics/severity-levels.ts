/** Application Insights' levels of the severities that a `trace` policy can have. */
export const severityLevels: Readonly<Record<string, number>> = { verbose: 0, information: 1, error: 3 };
