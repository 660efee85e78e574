export type FailureCode =
  | "password-needed"
  | "wrong-password"
  | "damaged"
  | "unsupported"
  | "overlapping"
  | "too-large"
  | "not-a-zip"
  | "truncated"
  | "split";

/**
 * Why content could not be had. The message is for people and never holds a password: it is made here, from
 * what failed, and never from what was passed in.
 */
export class PackageFailure extends Error {
  constructor(
    readonly code: FailureCode,
    message: string,
  ) {
    super(message);
  }
}
