/** The type of every connector that the dynamic provider serves, as URNs name it. */
export const connectorType = "pulumi-nodejs:dynamic/dataspace:Connector";
