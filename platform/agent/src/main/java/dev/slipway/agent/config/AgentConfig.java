package dev.slipway.agent.config;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Everything the environment decides. The names are those of the published agent where it has them.
 */
public record AgentConfig(
    ControlPlane controlPlane,
    Edge edge,
    Identity identity,
    RuntimeKind runtime,
    Path data,
    Installation installation,
    Options options) {

  /** What runs apps on this host. */
  public enum RuntimeKind {
    PROCESS,
    DOCKER
  }

  /**
   * Where to dial and who we are.
   *
   * @param secretFile where a rotated secret is written, when the secret came from a file
   * @param caFile trust store in PEM; the JDK's own when absent
   */
  public record ControlPlane(
      String host,
      int port,
      String serverId,
      Secret secret,
      @Nullable Path secretFile,
      boolean plaintext,
      @Nullable Path caFile) {}

  /**
   * The built-in proxy.
   *
   * @param publicHost suffix of the host names that apps get
   * @param maxConnections client connections at once; the next one is refused
   */
  public record Edge(InetSocketAddress listen, String publicHost, int maxConnections) {}

  /** How the agent describes itself. */
  public record Identity(String version, String publicIpv4, String publicIpv6) {}

  /**
   * How the agent came onto this machine.
   *
   * @param environmentFile file with SERVER_ID and AGENT_SECRET lines that a rotation rewrites
   * @param program the file that an update replaces; absent where the agent is part of something
   *     larger
   * @param updateKey the Ed25519 key that programs must be signed with, in base64; empty = none is
   *     trusted
   * @param machineId how the control plane knows this machine; empty = by the machine's own id
   */
  public record Installation(
      @Nullable Path environmentFile, @Nullable Path program, String updateKey, String machineId) {}

  /**
   * The rest.
   *
   * @param keepApps leave processes running when the agent ends
   * @param logSpoolBytes bound of the log spool on disk
   */
  public record Options(
      Duration heartbeat,
      URI dockerHost,
      boolean keepApps,
      boolean allowFileUrls,
      long logSpoolBytes) {}
}
