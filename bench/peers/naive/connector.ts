/** A dynamic provider as a competent user writes it in an afternoon: the benchmark's peer, no example to follow. */
import * as pulumi from "@pulumi/pulumi";

interface Inputs {
  name: string;
  bucketName: string;
  region: string;
  accessKeyIdRead: string;
  secretAccessKeyRead: string;
  accessKeyIdWrite: string;
  secretAccessKeyWrite: string;
}

interface Details {
  status: string;
  bpn: string;
  bucketName: string;
  region: string;
}

class HttpError extends Error {
  status: number;
  constructor(status: number, text: string) {
    super(`the service answered ${status}: ${text}`);
    this.status = status;
  }
}

async function call(method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${process.env["DATASPACE_ENDPOINT"]}/connectors/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${process.env["DATASPACE_TOKEN"]}`,
      "content-type": "application/json",
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new HttpError(response.status, text);
  return JSON.parse(text);
}

async function waitFor(name: string, status: string): Promise<Details> {
  for (;;) {
    const details = (await call("GET", name)) as Details;
    if (details.status === status) return details;
    if (details.status === "FAILED") throw new Error(`connector ${name} has failed`);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

function payloadOf(inputs: Inputs): object {
  const { bucketName, region, accessKeyIdRead, secretAccessKeyRead, accessKeyIdWrite, secretAccessKeyWrite } = inputs;
  return { bucketName, region, accessKeyIdRead, secretAccessKeyRead, accessKeyIdWrite, secretAccessKeyWrite };
}

const provider: pulumi.dynamic.ResourceProvider<Inputs> = {
  async create(inputs) {
    await call("POST", inputs.name, payloadOf(inputs));
    const { status, bpn } = await waitFor(inputs.name, "RUNNING");
    return { id: inputs.name, outs: { ...inputs, status, bpn } };
  },

  async diff(_id, olds, news) {
    const fields = Object.keys(payloadOf(news)) as (keyof Inputs)[];
    return {
      changes: olds.name !== news.name || fields.some((field) => olds[field] !== news[field]),
      replaces: olds.name === news.name ? [] : ["name"],
    };
  },

  async read(id, props) {
    try {
      const { status, bpn, bucketName, region } = (await call("GET", id)) as Details;
      return { id, props: { ...(props as Inputs), status, bpn, bucketName, region } };
    } catch (error) {
      if (error instanceof Error && "status" in error && error.status === 404) return {};
      throw error;
    }
  },

  async update(id, _olds, news) {
    await call("PUT", id, payloadOf(news));
    const { status, bpn } = await waitFor(id, "RUNNING");
    return { outs: { ...news, status, bpn } };
  },

  async delete(id) {
    await call("GET", `${id}/stop`);
    await waitFor(id, "STOPPED");
    await call("DELETE", id);
  },
};

export class Connector extends pulumi.dynamic.Resource {
  declare readonly status: pulumi.Output<string>;
  declare readonly bpn: pulumi.Output<string>;

  constructor(
    name: string,
    args: { [Field in keyof Inputs]: pulumi.Input<string> },
    opts?: pulumi.CustomResourceOptions,
  ) {
    super(provider, name, { ...args, status: undefined, bpn: undefined }, opts, "bench", "Connector");
  }
}
