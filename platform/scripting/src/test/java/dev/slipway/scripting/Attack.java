package dev.slipway.scripting;

/**
 * Something that a script must not get away with.
 *
 * @param body the body of an async function of {@code (event, api)}, or a whole module where it
 *     exports something
 */
record Attack(String name, String body, Containment containment) {
  /** How it has to come out. */
  enum Containment {
    /** Ended at a limit, which the outcome names. */
    LIMIT,
    /** Ended at a limit, or the engine has refused it and the script has failed for that. */
    REFUSED,
    /** It runs, and what it returns is the list of what it has got hold of: nothing. */
    EMPTY,
    /** It may come out in any way: what counts is that it does, and that nothing is left of it. */
    HARMLESS
  }

  String source() {
    return body.contains("export ")
        ? body
        : "export default async function (event, api) {\n" + body + "\n}";
  }

  @Override
  public String toString() {
    return name;
  }
}
