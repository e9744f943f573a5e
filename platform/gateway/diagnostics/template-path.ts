/** A URL template as it is told in the place of a path: behind what stands in front of it, without query or slash at its end. */
export function templatePath(base: string, urlTemplate: string): string {
  const [path = ""] = urlTemplate.split("?", 1);
  return `${base}${path}`.replace(/\/$/, "") || "/";
}
