import { z } from "zod";

import { isoDate } from "../fleet/dates";
import { type Distribution, type PublishedMinor, type PublishedSupport } from "../fleet/versions";

/** The endoflife.date API v1: kept up to date by its community, read without a credential. */
export const PUBLIC_SOURCE = "https://endoflife.date/api/v1";

const TIMEOUT_MS = 10_000;
const PRODUCTS = { kubernetes: "kubernetes", eks: "amazon-eks" } as const;

/** The source cannot be read. The message says why and what to do. */
export class VersionsSourceError extends Error {
  constructor(url: string, what: string, options?: ErrorOptions) {
    super(`${url}: ${what}. Check the address and the network, or name a mirror with --source.`, options);
    this.name = "VersionsSourceError";
  }
}

const day = isoDate.nullish();

/** What is read of an answer; the API may say more. */
const answer = z.object({
  last_modified: z.string().regex(/^\d{4}-\d{2}-\d{2}T/),
  result: z.object({
    releases: z
      .array(
        z.object({
          name: z.string().regex(/^\d+\.\d+$/),
          releaseDate: isoDate,
          /** Kubernetes: end of life. EKS: end of standard support. */
          eolFrom: day,
          eoesFrom: day,
          latest: z.object({ name: z.string() }).nullish(),
        }),
      )
      .min(1),
  }),
});

/**
 * What a source says of both distributions.
 * @param source Base address of an API of the shape of {@link PUBLIC_SOURCE}.
 * @throws VersionsSourceError if any of it cannot be read; never half of an answer.
 */
export async function fetchSupport(
  source: string = PUBLIC_SOURCE,
  timeoutMs: number = TIMEOUT_MS,
): Promise<Record<Distribution, PublishedSupport>> {
  const [kubernetes, eks] = await Promise.all([
    fetchProduct(`${source}/products/${PRODUCTS.kubernetes}`, timeoutMs),
    fetchProduct(`${source}/products/${PRODUCTS.eks}`, timeoutMs),
  ]);
  return { kubernetes, eks };
}

async function fetchProduct(url: string, timeoutMs: number): Promise<PublishedSupport> {
  const result = answer.safeParse(await fetchJson(url, timeoutMs));
  if (!result.success) {
    const [issue] = result.error.issues;
    const where = issue?.path.join(".") || "the answer";
    throw new VersionsSourceError(
      url,
      `does not answer as the endoflife.date API v1 does (${where} is not as expected)`,
    );
  }
  const { last_modified, result: product } = result.data;
  const minors = product.releases.map(({ name, releaseDate, eolFrom, eoesFrom, latest }): PublishedMinor => {
    // EKS has names such as 1.35-eks-9 there, which are no versions of Kubernetes.
    const newestPatch = /^\d+\.\d+\.\d+$/.test(latest?.name ?? "") ? `v${latest?.name}` : undefined;
    return {
      minor: name,
      released: releaseDate,
      ...(eolFrom ? { standardEnds: eolFrom } : {}),
      ...(eoesFrom ? { extendedEnds: eoesFrom } : {}),
      ...(newestPatch === undefined ? {} : { newestPatch }),
    };
  });
  return { at: url, says: last_modified.slice(0, 10), minors };
}

async function fetchJson(url: string, timeoutMs: number): Promise<unknown> {
  let response;
  try {
    response = await fetch(url, { headers: { accept: "application/json" }, signal: AbortSignal.timeout(timeoutMs) });
    if (response.ok) return await response.json();
  } catch (error) {
    throw new VersionsSourceError(url, reason(error, timeoutMs), { cause: error });
  }
  throw new VersionsSourceError(url, `answers ${response.status}`);
}

function reason(error: unknown, timeoutMs: number): string {
  const { name, message, cause } = error as Error;
  if (name === "TimeoutError") return `gave no answer within ${timeoutMs / 1000} s`;
  if (name === "SyntaxError") return "does not answer with JSON";
  return `cannot be reached (${(cause as Error | undefined)?.message || message})`;
}
