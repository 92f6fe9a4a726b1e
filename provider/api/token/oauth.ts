import { noAccessToken } from "../../errors/messages/token.js";
import { registerSecret, registerWhole } from "../../errors/redact.js";
import { isObject } from "../../model/json.js";
import { systemClock, type Clock } from "../../time/clock.js";
import type { Token, TokenSource } from "./bearer.js";
import { isRequestError, RequestError } from "../outcome.js";
import { refusalOf } from "../refusals.js";
import { repeatAfter } from "../retry.js";
import { jsonOf, Transport, type TransportLimits } from "../transport.js";

export interface OAuthSettings {
  /** Address of the token endpoint. */
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope?: string | undefined;
}

/** How long before its end a token is renewed at most, in milliseconds. */
const earlyMs = 60_000;
/** How long a token is asked for at most, repetitions included, in milliseconds: everything else waits for it. */
const longestMs = 60_000;
/** For a token endpoint that doesn't say how long its tokens last (assumed; the service's own last 8 h). */
const assumedLifeSeconds = 3_600;

/** Short-lived access tokens by OAuth 2 client credentials (RFC 6749, 4.4; the client by HTTP Basic, as 2.3.1 has it). */
export class OAuthSource implements TokenSource {
  readonly #transport: Transport;
  readonly #basic: string;

  constructor(
    private readonly settings: OAuthSettings,
    limits: TransportLimits,
    private readonly clock: Clock = systemClock,
  ) {
    const { tokenUrl, clientId, clientSecret } = settings;
    this.#transport = new Transport(new URL(tokenUrl), limits);
    this.#basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString("base64");
    registerSecret(clientSecret);
    registerWhole(this.#basic);
  }

  /** @throws ConnectorError `UNAUTHORIZED` when the client is refused, `UNAVAILABLE` when no token can be had. */
  async read(): Promise<Token> {
    const startedAt = this.clock.now();
    for (let attempts = 1; ; attempts++) {
      try {
        return await this.#once();
      } catch (error) {
        if (!isRequestError(error)) throw error;
        const delay = repeatAfter("token", error, attempts, {
          remainingMs: longestMs - (this.clock.now() - startedAt),
          random: Math.random(),
        });
        if (delay === undefined) throw noAccessToken(this.settings.tokenUrl, error, { httpStatus: error.status });
        await this.clock.sleep(delay);
      }
    }
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  async #once(): Promise<Token> {
    const { scope } = this.settings;
    const askedAt = this.clock.now();
    const reply = await this.#transport.send(
      {
        call: "token",
        method: "POST",
        path: "",
        headers: {
          authorization: `Basic ${this.#basic}`,
          accept: "application/json",
          "content-type": "application/x-www-form-urlencoded",
        },
        body: new URLSearchParams({
          grant_type: "client_credentials",
          ...(scope === undefined ? {} : { scope }),
        }).toString(),
      },
      undefined,
    );
    const refusal = refusalOf("token", reply);
    if (refusal) throw refusal;
    const body = jsonOf(reply);
    const { access_token: token, expires_in: said }: Record<string, unknown> = isObject(body) ? body : {};
    // What no header can hold is no token: it would come to nothing, or to more headers.
    if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token)) {
      const about = { call: "token", kind: "badReply", outcome: "refused" } as const;
      throw new RequestError("the service answered without an access token", about);
    }
    registerSecret(token);
    const lifeMs = (Number(said) > 0 ? Number(said) : assumedLifeSeconds) * 1_000;
    return { token, renewAt: askedAt + lifeMs - Math.min(earlyMs, lifeMs / 10) };
  }
}
