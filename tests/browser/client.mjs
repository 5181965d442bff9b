// Makes a client of the document that a server gives of itself, calls it, and prints what it says as JSON: FOLDER with the packages, ADDRESS.
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [packages, address] = process.argv.slice(2);
const require = createRequire(join(resolve(packages), "package.json"));
const { OpenAPIClientAxios } = require("openapi-client-axios");

const api = new OpenAPIClientAxios({ definition: `${address}openapi.json`, withServer: { url: address.replace(/\/$/, "") },
    // As the document has it: a name more for each of several values.
    axiosConfigDefaults: { paramsSerializer: { indexes: null } } });
const client = await api.init();
const person = { crn: "X320741", assessed_on: "2019-05-20", iom: true, oasys: { rosh: "high" } };
const refused = await client.assess(null, { crn: "X1", oasys: { rohs: "high" } }).catch((error) => error.response);
console.log(JSON.stringify({
    operations: api.getOperations().map((operation) => operation.operationId),
    tier: (await client.assess({ on: "2019-05-20", set: ["uplift_needs=4"] }, person)).data.tier,
    both: (await client.assess(null, [person, { ...person, crn: "X2" }])).data.map((one) => one.crn),
    rules: (await client.show({ what: "rules" })).data.policy,
    moved: (await client.compare({ set: ["uplift_needs=4"] }, [person])).data.cases,
    health: (await client.health()).data.status,
    refused: [refused.status, refused.data.code, refused.data.help],
}));
