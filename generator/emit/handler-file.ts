/** Where the handler of an operation is, relative to the project: `handlers/patient/get-patient.ts`. */
export function handlerFile(api: string, operationId: string): string {
  return `handlers/${api}/${kebabCase(operationId)}.ts`;
}

/** `getPatientURL2` is `get-patient-url2`. Two operationIds that differ in more than case differ here too. */
function kebabCase(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();
}
