package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What users of such platforms complain about, held against the built distribution where no other
 * test does so; all of them are in platform/docs/complaints.md.
 */
@ExtendWith(SharedNode.class)
class ComplaintsIT {
  private static final String KEY =
      "-----BEGIN TEST KEY-----\nMIIEowIBAAKCAQEA5xq/Zk+7v\nq9PlmW3d8RkT0yUcHfJs2g==\n"
          + "-----END TEST KEY-----";

  /** An address with a password in it. */
  private static final Pattern CREDENTIAL = Pattern.compile("://[^/\\s@]*:[^/\\s@*]{8,}@");

  private final Node node;
  private final Client client;

  ComplaintsIT(SharedNode.Running shared) {
    node = shared.node();
    client = shared.client();
  }

  @Test
  void aKeyIsInNoLogWhicheverWayItIsPrinted() throws Exception {
    client.run("app", "create", "keyed").ok();
    variable("keyed", "PRIVATE_KEY", KEY);
    var sample = Sample.of(node, "keyed").build("sh tell.sh").startAfter("sh tell.sh");
    Files.writeString(
        sample.folder().resolve("tell.sh"),
        """
        echo "plain: $PRIVATE_KEY"
        echo "in one line: $(printf %s "$PRIVATE_KEY" | base64 -w0)"
        echo "in several: $(printf %s "$PRIVATE_KEY" | base64)"
        echo "told all"
        """);
    client.deploy(sample.folder()).ok();
    Await.until(
        "both have told",
        () -> log("keyed").stream().filter(line -> line.contains("told all")).count() == 2);
    var base64 = Base64.getEncoder().encodeToString(KEY.getBytes(StandardCharsets.UTF_8));
    var parts =
        List.of(
            "MIIEowIBAAKCAQEA5xq",
            "q9PlmW3d8RkT0yUcHfJs2g",
            base64.substring(40, 76),
            base64.substring(80, 120));
    for (var part : parts) {
      assertThat(log("keyed")).noneMatch(line -> line.contains(part));
      assertThat(Secrets.in(node.data().resolve("logs"), part)).isEmpty();
      assertThat(Secrets.in(node.data().resolve("agent/data/logs"), part)).isEmpty();
    }
  }

  @Test
  void whatOpensTheSourceIsInNoLog() throws Exception {
    client.deploy(Sample.of(node, "cloned").folder()).ok();
    var broken = client.deploy(Sample.of(node, "cloned").build("false").folder());
    assertThat(broken.status()).isEqualTo(1);
    assertThat(log("cloned")).isNotEmpty().noneMatch(line -> CREDENTIAL.matcher(line).find());
    for (var logs : List.of("logs", "agent/data/logs")) {
      try (var files = Files.walk(node.data().resolve(logs))) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          var text = Files.readString(file, StandardCharsets.ISO_8859_1);
          assertThat(CREDENTIAL.matcher(text).results().map(found -> found.group()))
              .as(file.toString())
              .isEmpty();
        }
      }
    }
  }

  @Test
  void nobodyIsLedToTheVersionThatLeaves() throws Exception {
    var sample = Sample.of(node, "leaving");
    var url = client.deploy(sample.folder()).ok().lastLine().path("url").asText();
    var load = Load.on(url, Map.of());
    load.awaitMore(20);
    client.deploy(sample.version("2").folder()).ok();
    for (var request = 0; request < 200; request++) {
      assertThat(Web.get(url).text()).startsWith("HTTP/1.1 200").contains("version 2.");
    }
    load.endsWithoutFailure();
  }

  @Test
  void aVersionThatDoesNotStartTellsItsExitCodeAndItsLastWords() throws Exception {
    var sample = Sample.of(node, "mute");
    client.deploy(sample.folder()).ok();
    var broken =
        client.deploy(sample.startAfter("echo the licence has expired && exit 3").folder());
    assertThat(broken.status()).isEqualTo(1);
    assertThat(broken.errors())
        .anyMatch(line -> line.contains("exited with code 3"))
        .anyMatch(line -> line.contains("the licence has expired"));
  }

  private List<String> log(String app) throws Exception {
    return client.run("logs", app).ok().output();
  }

  private void variable(String app, String key, String value) throws Exception {
    var id = client.run("app", "show", app, "-o", "json").ok().json().path("id").asText();
    var body =
        "{\"key\":\"%s\",\"is_secret\":true,\"value\":\"%s\"}"
            .formatted(key, value.replace("\n", "\\n"));
    var path = node.url() + "/api/apps/" + id + "/env-vars";
    var answer = Web.send("POST", path, client.headers(), body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }
}
