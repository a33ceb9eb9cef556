// The API key: kept in VS Code's secret storage, for the one origin that it was set for.
import type { SecretStorage } from "vscode";

/** The origin that a key belongs to, or null where there is no worker elsewhere. */
export function originOf(workerUrl: string): string | null {
  try {
    const { origin } = new URL(workerUrl);
    return origin === "null" ? null : origin;
  } catch {
    return null;
  }
}

/** Keys by origin, so that another worker URL never gets the key of the last one. */
export class ApiKeys {
  constructor(private readonly secrets: SecretStorage) {}

  async get(workerUrl: string): Promise<string | undefined> {
    const origin = originOf(workerUrl);
    return origin === null ? undefined : this.secrets.get(secretName(origin));
  }

  async set(origin: string, key: string): Promise<void> {
    await this.secrets.store(secretName(origin), key);
  }

  async clear(origin: string): Promise<void> {
    await this.secrets.delete(secretName(origin));
  }
}

function secretName(origin: string): string {
  return `bioql.apiKey@${origin}`;
}
