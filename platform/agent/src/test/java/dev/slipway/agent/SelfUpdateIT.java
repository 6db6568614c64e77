package dev.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import dev.slipway.proto.agent.v1.AgentBinaryChunk;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program as it is shipped, kept running by the installer's supervisor, goes to a second
 * version, and back from a third that does not work.
 */
class SelfUpdateIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path BUILT = Path.of("target/permanu-agent");
  private static final Path SUPERVISOR =
      Path.of(
          "../../bundles/fleet/src/main/resources/dev/slipway/fleet/service/enrolment/supervise.sh");
  private static final String VERSION = "META-INF/maven/dev.slipway/agent/pom.properties";

  @TempDir Path folder;
  private FakeControlPlane plane;
  private KeyPair keys;
  private Path program;
  private Process supervisor;

  @BeforeEach
  void start() throws Exception {
    plane = FakeControlPlane.start();
    keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    program = Files.write(folder.resolve("permanu-agent"), version("1.0.1"));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    var data = Files.createDirectories(folder.resolve("data"));
    var environment = folder.resolve("agent.env");
    var lines = new ArrayList<String>();
    lines.add("BACKEND_GRPC_ADDR=127.0.0.1:" + plane.port());
    lines.add("SERVER_ID=" + FakeControlPlane.SERVER_ID);
    lines.add("AGENT_SECRET=" + FakeControlPlane.SECRET);
    lines.add("AGENT_INSECURE=true");
    lines.add("AGENT_HEARTBEAT_SECONDS=1");
    lines.add("SLIPWAY_AGENT_RUNTIME=process");
    lines.add("SLIPWAY_AGENT_DATA=" + data);
    lines.add("SLIPWAY_AGENT_EDGE=127.0.0.1:" + AgentProgram.freePort());
    lines.add("SLIPWAY_AGENT_PROGRAM=" + program);
    lines.add("SLIPWAY_AGENT_UPDATE_SECONDS=60");
    lines.add("SLIPWAY_JAVA_HOME=" + System.getProperty("java.home"));
    lines.add("SLIPWAY_AGENT_UPDATE_KEY=" + base64(keys.getPublic().getEncoded()));
    Files.write(environment, lines);
    var script =
        Files.readString(SUPERVISOR)
            .replace("@ENV_FILE@", "'" + environment + "'")
            .replace("@DATA_DIR@", "'" + data + "'")
            .replace("@AGENT@", "'" + program + "'")
            .replace("@PROGRAM@", "'" + program + "'");
    var file = Files.writeString(folder.resolve("permanu-agent-run"), script);
    supervisor =
        new ProcessBuilder("/bin/sh", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("supervisor.out").toFile())
            .start();
    awaitVersion("1.0.1");
  }

  @AfterEach
  void stop() throws Exception {
    if (supervisor != null) {
      supervisor.destroy();
      supervisor.waitFor();
    }
    plane.close();
  }

  /** A true program that says of itself that it is of this version. */
  private byte[] version(String version) throws IOException {
    var whole = Files.readAllBytes(BUILT);
    int start = indexOf(whole, new byte[] {'P', 'K', 3, 4});
    var archive = folder.resolve("archive-" + version + ".jar");
    Files.write(archive, Arrays.copyOfRange(whole, start, whole.length));
    try (var zip = FileSystems.newFileSystem(archive)) {
      Files.writeString(zip.getPath(VERSION), "version=" + version + "\n");
    }
    var changed = Files.readAllBytes(archive);
    var both = Arrays.copyOf(whole, start + changed.length);
    System.arraycopy(changed, 0, both, start, changed.length);
    return both;
  }

  private static int indexOf(byte[] whole, byte[] part) {
    for (int i = 0; i <= whole.length - part.length; i++) {
      if (Arrays.equals(whole, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("no archive in the program");
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private void awaitVersion(String version) throws InterruptedException {
    plane.heartbeats.clear();
    Await.until(
        version + " reports",
        () ->
            !plane.heartbeats.isEmpty()
                && plane.lastHeartbeat().getAgentVersion().equals("slipway-agent/" + version));
  }

  private SentCommand.Result update(String version, byte[] content, String signedAs)
      throws Exception {
    var sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    var signature = Signature.getInstance("Ed25519");
    signature.initSign(keys.getPrivate());
    signature.update(
        ("slipway-agent\n" + signedAs + "\namd64\n" + sha256 + "\n")
            .getBytes(StandardCharsets.UTF_8));
    var payload = new HashMap<String, String>();
    payload.put("version", version);
    payload.put("arch", "amd64");
    payload.put("expected_checksum", sha256);
    payload.put("signature", base64(signature.sign()));
    return plane
        .send(CommandType.COMMAND_TYPE_UPDATE_AGENT, JSON.writeValueAsString(payload))
        .await(Duration.ofSeconds(60));
  }

  private void offer(byte[] content, int... sequence) {
    var chunks = new ArrayList<AgentBinaryChunk>();
    int size = content.length / sequence.length + 1;
    for (int i = 0; i < sequence.length; i++) {
      int from = Math.min(content.length, i * size);
      int length = Math.min(size, content.length - from);
      chunks.add(
          AgentBinaryChunk.newBuilder()
              .setSeq(sequence[i])
              .setData(ByteString.copyFrom(content, from, length))
              .setTotalSize(content.length)
              .build());
    }
    plane.program = List.copyOf(chunks);
  }

  @Test
  void goesForwardAndComesBackFromWhatDoesNotWork() throws Exception {
    var second = version("1.0.2");
    offer(second, 0, 1, 2, 3);
    var result = update("1.0.2", second, "1.0.2");
    assertThat(result.output()).isEqualTo("updated to 1.0.2, restarting");
    awaitVersion("1.0.2");
    Await.until("it has settled", () -> !Files.exists(folder.resolve("data/update.pending")));

    var broken = "#!/bin/sh\nexit 1\n".getBytes(StandardCharsets.UTF_8);
    offer(broken, 0);
    assertThat(update("1.0.3", broken, "1.0.3").status()).isEqualTo("completed");
    awaitReturn(second);
    Await.until(
        "it tells",
        () ->
            plane.logs.stream()
                .anyMatch(line -> line.getMessage().contains("1.0.3 did not report in")));
    assertThat(Files.exists(folder.resolve("data/update.failed"))).isFalse();

    var silent = "#!/bin/sh\nexec sleep 600\n".getBytes(StandardCharsets.UTF_8);
    offer(silent, 0);
    var environment = folder.resolve("agent.env");
    Files.writeString(
        environment,
        Files.readString(environment).replace("UPDATE_SECONDS=60", "UPDATE_SECONDS=2"));
    assertThat(update("1.0.4", silent, "1.0.4").status()).isEqualTo("completed");
    awaitReturn(second);
  }

  private void awaitReturn(byte[] before) throws InterruptedException {
    Await.until(
        "the program before is back", () -> Arrays.equals(Files.readAllBytes(program), before));
    awaitVersion("1.0.2");
  }

  @Test
  void takesNothingThatIsNotWhatWasSigned() throws Exception {
    var before = Files.readAllBytes(program);
    var other = "#!/bin/sh\nexit 1\n".getBytes(StandardCharsets.UTF_8);
    offer(other, 0);
    assertThat(update("1.0.2", other, "9.9.9").output()).contains("did not sign the program");
    offer("something else".getBytes(StandardCharsets.UTF_8), 0);
    assertThat(update("1.0.2", other, "1.0.2").output()).startsWith("checksum mismatch");
    offer(other, 0, 2);
    assertThat(update("1.0.2", other, "1.0.2").output())
        .isEqualTo("part 1 of the program is missing");
    plane.program = List.of();
    assertThat(update("1.0.2", other, "1.0.2").output()).startsWith("checksum mismatch");
    assertThat(Files.readAllBytes(program)).isEqualTo(before);
    try (var left = Files.list(folder)) {
      assertThat(left.filter(file -> file.getFileName().toString().endsWith(".new"))).isEmpty();
    }
    assertThat(Map.of("supervised", supervisor.isAlive())).containsEntry("supervised", true);
  }
}
