package dev.slipway.agent.edge;

/** One header line; the name as it was sent. */
record Header(String name, String value) {
  boolean is(String other) {
    return name.equalsIgnoreCase(other);
  }
}
