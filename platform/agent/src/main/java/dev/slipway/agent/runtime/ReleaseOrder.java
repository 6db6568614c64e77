package dev.slipway.agent.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Commands to run once in an image, before its instances start.
 *
 * @param commands each as its words, without a shell
 * @param limit for all of them together
 * @param placement what the commands find besides the image; its network is {@link #NO_NETWORK}
 *     where they are to find none
 */
public record ReleaseOrder(
    String imageTag,
    List<List<String>> commands,
    Map<String, String> environment,
    Duration limit,
    DeployOrder.Limits limits,
    DeployOrder.Placement placement) {

  /** What the contract gives a release hook. */
  public static final String NO_NETWORK = "none";

  /** A refusal because of a command that ended with this code. */
  public static RuntimeRefusal failed(int code) {
    return new RuntimeRefusal("release command failed (exit code " + code + ")");
  }

  /** A refusal because the time is up. */
  public RuntimeRefusal tookLonger() {
    return new RuntimeRefusal("the release hook took longer than " + limit.toSeconds() + " s");
  }

  /** A command as people read it. */
  public static String shown(List<String> command) {
    return "$ " + String.join(" ", command);
  }
}
