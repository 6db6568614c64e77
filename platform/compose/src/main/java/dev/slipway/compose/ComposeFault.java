package dev.slipway.compose;

import java.util.List;

/** What keeps a Compose file from being used; the message is for the person who wrote the file. */
public final class ComposeFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /**
   * @param problems each with the path of the field in front, such as {@code
   *     services.web.privileged: …}
   */
  public ComposeFault(List<String> problems) {
    super("the Compose file is not accepted: " + String.join("; ", problems), null, false, false);
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
