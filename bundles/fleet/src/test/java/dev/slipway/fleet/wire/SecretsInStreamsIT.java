package dev.slipway.fleet.wire;

import static dev.slipway.fleet.service.TestFleet.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.slipway.fleet.Command;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.service.TestFleet;
import dev.slipway.proto.agent.v1.LogBatch;
import dev.slipway.proto.agent.v1.LogEntry;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Agents send secrets in every form and cut in every place: none gets past the wire. */
class SecretsInStreamsIT {
  private static final String PLAIN =
      "s3cr/et+va lue&\"quoted\"\\of-many-characters-0123456789-abcdef";
  private static final String KEY =
      "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n"
          + "VJTUt9Us8cKjMzEfYyjiWA4R4ypbHqGC0H0+tG3hGbN4MYHjRcmNhXLkzPfE2Qkw\n"
          + "-----END PRIVATE KEY-----";
  private static TestFleet fleet;
  private static int number;
  private final Heard heard = new Heard();
  private ScriptedAgent agent;
  private TestFleet.Enrolled server;

  @BeforeAll
  static void start() throws Exception {
    fleet = new TestFleet();
    fleet.platform.secrets().protect(PLAIN);
    fleet.platform.secrets().protect(KEY);
  }

  @AfterAll
  static void stop() throws Exception {
    fleet.close();
  }

  @BeforeEach
  void enrol() {
    server = fleet.enrol("streams-" + ++number);
    agent = new ScriptedAgent(fleet.grpc.port(), server);
    fleet.outputs.addConsumer(heard);
  }

  @AfterEach
  void leave() throws Exception {
    fleet.outputs.removeConsumer(heard);
    agent.close();
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The value as programs print it. */
  static Stream<String> forms() {
    return Stream.of(
        PLAIN,
        base64(PLAIN),
        base64("user:" + PLAIN),
        URLEncoder.encode(PLAIN, StandardCharsets.UTF_8),
        URLEncoder.encode(PLAIN, StandardCharsets.UTF_8).replace("+", "%20"),
        PLAIN.replace("\\", "\\\\").replace("\"", "\\\""),
        KEY.split("\n")[1],
        KEY.split("\n")[2],
        KEY.replace("\n", "\\n"),
        base64(KEY));
  }

  /**
   * Pieces of the secret of which none may be left; a few characters beside a cut are no secret.
   */
  static void assertNothingOf(String form, String shown) {
    for (var from = 0; from + 12 <= form.length(); from++) {
      var piece = form.substring(from, from + 12);
      if (!piece.contains("PRIVATE") && !piece.contains("---")) {
        assertThat(shown).doesNotContain(piece);
      }
    }
  }

  Command running() throws Exception {
    var command = fleet.submit(server.id(), CommandType.APP_BUILD, "{}");
    stream = agent.openAndGreet();
    stream.next();
    return command;
  }

  private ScriptedAgent.Stream stream;

  @ParameterizedTest
  @MethodSource("forms")
  void wholeInALineAndCutByChunksAtEveryPlace(String form) throws Exception {
    var command = running();
    var text = "begin\nit is " + form + " there\n";
    var sent = 0;
    for (var cut = 6; cut < text.length() - 1; cut += 7) {
      stream.progress(command.id().toString(), text.substring(0, cut));
      stream.progress(command.id().toString(), text.substring(cut));
      sent++;
    }
    stream.progress(command.id().toString(), "the last\n");
    await("all is heard", () -> !heard.chunks.isEmpty() && heard.chunks.getLast().contains("last"));
    var shown = String.join("", heard.chunks);
    assertThat(shown.split("there\n", -1)).hasSize(sent + 1);
    assertThat(shown).contains("***");
    assertNothingOf(form, shown);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void inWhatIsLeftWhenTheCommandEnds(String form) throws Exception {
    var command = running();
    stream.progress(command.id().toString(), "begin\nit is " + form);
    stream.finish(command.id().toString(), "failed", "exit 1: " + form);
    await("it is over", () -> fleet.status(command) == CommandStatus.FAILED);
    await("the rest is heard", () -> String.join("", heard.chunks).contains("it is"));
    assertNothingOf(form, String.join("", heard.chunks));
    assertNothingOf(form, fleet.command(command.id()).error());
    assertNothingOf(form, fleet.command(command.id()).result());
  }

  @ParameterizedTest
  @MethodSource("forms")
  void inLogLinesAndTheirFields(String form) throws Exception {
    agent.pushLogs(
        LogBatch.newBuilder()
            .setServerId(server.id().toString())
            .addEntries(
                LogEntry.newBuilder().setMessage("it is " + form).putFields("url", "?key=" + form))
            .build());
    await("it is heard", () -> heard.lines.size() == 1);
    assertNothingOf(form, heard.lines.getFirst().toString());
    assertNothingOf(form, heard.lines.getFirst().fields().toString());
  }

  @Test
  void linesOfAKeyOneByOne() throws Exception {
    var entries = new ArrayList<LogEntry>();
    KEY.lines().forEach(line -> entries.add(LogEntry.newBuilder().setMessage(line).build()));
    agent.pushLogs(
        LogBatch.newBuilder().setServerId(server.id().toString()).addAllEntries(entries).build());
    await("all are heard", () -> heard.lines.size() == entries.size());
    var shown =
        heard.lines.stream()
            .map(dev.slipway.fleet.LogEntry::message)
            .collect(Collectors.joining("\n"));
    assertThat(shown).isEqualTo("-----BEGIN PRIVATE KEY-----\n***\n***\n-----END PRIVATE KEY-----");
  }

  @Test
  void whereALongLineIsCutOff() throws Exception {
    for (var visible : List.of(5, 20, 63)) {
      heard.lines.clear();
      var before = "x".repeat(AgentText.LONGEST_LINE - visible);
      agent.pushLogs(
          LogBatch.newBuilder()
              .setServerId(server.id().toString())
              .addEntries(LogEntry.newBuilder().setMessage(before + PLAIN + "y".repeat(1_000)))
              .build());
      await("it is heard", () -> heard.lines.size() == 1);
      var shown = heard.lines.getFirst().message();
      assertThat(shown).hasSizeLessThanOrEqualTo(AgentText.LONGEST_LINE);
      assertThat(shown).doesNotContain(PLAIN.substring(0, 5));
    }
  }

  @Test
  void whereALongOutputIsCutOff() throws Exception {
    var command = running();
    var before = "x".repeat(AgentText.LARGEST_OUTPUT - 20);
    var output = ByteString.copyFromUtf8(before + PLAIN + "y".repeat(1_000));
    stream.send(command.id().toString(), "failed", output, true);
    await("it is over", () -> fleet.status(command) == CommandStatus.FAILED);
    assertThat(fleet.command(command.id()).result()).doesNotContain(PLAIN.substring(0, 6));
  }
}
