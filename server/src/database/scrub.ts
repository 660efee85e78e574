const hidden = "***";

/** Shorter secrets are hidden only where they stand alone: else every second word would be stars. */
const shortest = 4;

/**
 * Takes secrets out of texts before these leave the process: messages of servers and drivers, too, may quote what
 * they were given.
 */
export class Scrubber {
  private readonly secrets: (string | RegExp)[] = [];

  /** Secrets from now on: as they are, and as SQL and URLs write them. */
  add(secret: string): void {
    for (const form of new Set([
      secret,
      secret.replaceAll("'", "''"),
      secret.replaceAll('"', '""'),
      encodeURIComponent(secret),
    ])) {
      if (form === "") continue;
      if (form.length >= shortest) this.secrets.push(form);
      else {
        const escaped = form.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
        this.secrets.push(new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, "gu"));
      }
    }
    // A secret that is part of another must not break it up.
    this.secrets.sort((a, b) => length(b) - length(a));
  }

  scrub(text: string): string {
    let result = text;
    for (const secret of this.secrets) result = result.replaceAll(secret, hidden);
    return result;
  }
}

function length(secret: string | RegExp): number {
  return typeof secret === "string" ? secret.length : 0;
}
